// Model of the component definition of convex-table-history, checked against 0.1.2.
import { defineComponent } from "convex/server";

export default defineComponent("tableHistory");
