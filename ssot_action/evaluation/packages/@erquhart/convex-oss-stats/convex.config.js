// Model of the component definition of @erquhart/convex-oss-stats, checked against 0.8.2.
import { defineComponent } from "convex/server";
import crons from "@convex-dev/crons/convex.config";

const component = defineComponent("ossStats");
component.use(crons);
export default component;
