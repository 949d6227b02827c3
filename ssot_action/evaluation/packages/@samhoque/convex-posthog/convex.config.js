// Model of the component definition of @samhoque/convex-posthog, checked against 0.1.1.
import { defineComponent } from "convex/server";

export default defineComponent("posthog");
