// Model of the component definition of neutral-cost, checked against 0.2.2.
import { defineComponent } from "convex/server";

export default defineComponent("neutralCost");
