// Model of the component definition of @convex-dev/aggregate, checked against 0.3.1.
// Older versions have no child component.
import { defineComponent } from "convex/server";
import batchWorker from "@convex-dev/batch-worker/convex.config.js";

const component = defineComponent("aggregate");
component.use(batchWorker);
export default component;
