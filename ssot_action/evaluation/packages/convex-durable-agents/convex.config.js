// Model of the component definition of convex-durable-agents, checked against 0.2.6.
import { defineComponent } from "convex/server";

export default defineComponent("durable_agents");
