// Model of the component definition of @convex-dev/sharded-counter, checked against 0.2.1.
import { defineComponent } from "convex/server";

export default defineComponent("shardedCounter");
