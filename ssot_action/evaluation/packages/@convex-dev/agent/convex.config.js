// Model of the component definition of @convex-dev/agent, checked against 0.2.10 to 0.7.3.
import { defineComponent } from "convex/server";

export default defineComponent("agent");
