// Model of the component definition of @convex-dev/rate-limiter, checked against 0.4.0.
// Older versions have no child component.
import { defineComponent } from "convex/server";
import batchWorker from "@convex-dev/batch-worker/convex.config.js";

const component = defineComponent("rateLimiter");
component.use(batchWorker);
export default component;
