// Model of the component definition of @convex-dev/workos-authkit, checked against 0.2.9.
import { defineComponent } from "convex/server";
import workflow from "@convex-dev/workflow/convex.config";
import workpool from "@convex-dev/workpool/convex.config";

const component = defineComponent("workOSAuthKit");
component.use(workpool, { name: "eventWorkpool" });
component.use(workflow, { name: "backfillWorkflow" });
export default component;
