// Model of the component definition of @gilhrpenner/convex-files-control, checked against 0.5.8.
import { defineComponent } from "convex/server";
import actionRetrier from "@convex-dev/action-retrier/convex.config";

const component = defineComponent("convexFilesControl");
component.use(actionRetrier);
export default component;
