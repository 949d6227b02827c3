// Model of the component definition of @convex-dev/presence, checked against 0.4.0.
// Older versions have no child component.
import { defineComponent } from "convex/server";
import batchWorker from "@convex-dev/batch-worker/convex.config.js";

const component = defineComponent("presence");
component.use(batchWorker);
export default component;
