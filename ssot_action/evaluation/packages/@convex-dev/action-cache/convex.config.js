// Model of the component definition of @convex-dev/action-cache, checked against 0.3.1.
import { defineComponent } from "convex/server";

export default defineComponent("actionCache");
