// Model of the component definition of @browserbasehq/convex-stagehand, checked against 0.0.2.
import { defineComponent } from "convex/server";

export default defineComponent("stagehand");
