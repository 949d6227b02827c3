// Model of the component definition of convex-audit-log, checked against 0.2.0.
import { defineComponent } from "convex/server";
import aggregate from "@convex-dev/aggregate/convex.config";

const component = defineComponent("auditLog");
component.use(aggregate, { name: "aggregateBySeverity" });
component.use(aggregate, { name: "aggregateByAction" });
export default component;
