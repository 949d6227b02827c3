// Model of the component definition of @dodopayments/convex, checked against 0.2.15.
import { defineComponent } from "convex/server";

export default defineComponent("dodopayments");
