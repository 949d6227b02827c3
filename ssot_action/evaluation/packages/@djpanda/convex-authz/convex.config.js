// Model of the component definition of @djpanda/convex-authz, checked against 2.4.1.
import { defineComponent } from "convex/server";
import crons from "@convex-dev/crons/convex.config.js";

const component = defineComponent("authz");
component.use(crons, { name: "crons" });
export default component;
