// Model of the component definition of convex-revenuecat, checked against 0.3.2.
import { defineComponent } from "convex/server";

export default defineComponent("revenuecat");
