// Model of the component definition of @convex-dev/stripe, checked against 0.1.6.
import { defineComponent } from "convex/server";

export default defineComponent("stripe");
