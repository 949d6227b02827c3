// Model of the component definition of @convex-dev/rag, checked against 0.7.6.
import { defineComponent } from "convex/server";
import workpool from "@convex-dev/workpool/convex.config";

const component = defineComponent("rag");
component.use(workpool);
export default component;
