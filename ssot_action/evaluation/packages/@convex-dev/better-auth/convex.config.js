// Model of the component definition of @convex-dev/better-auth, checked against 0.12.5.
import { defineComponent } from "convex/server";

export default defineComponent("betterAuth");
