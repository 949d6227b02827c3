// Model of the component definition of @convex-dev/crons, checked against 0.2.2.
import { defineComponent } from "convex/server";

export default defineComponent("crons");
