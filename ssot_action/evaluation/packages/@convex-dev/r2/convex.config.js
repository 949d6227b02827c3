// Model of the component definition of @convex-dev/r2, checked against 0.10.2.
import { defineComponent } from "convex/server";
import actionRetrier from "@convex-dev/action-retrier/convex.config";

const component = defineComponent("r2");
component.use(actionRetrier);
export default component;
