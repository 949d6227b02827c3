// Model of the component definition of @convex-dev/polar, checked against 0.9.2.
import { defineComponent } from "convex/server";

export default defineComponent("polar");
