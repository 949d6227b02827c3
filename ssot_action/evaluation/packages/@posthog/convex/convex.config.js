// Model of the component definition of @posthog/convex, checked against 2.1.5.
import { defineComponent } from "convex/server";
import { v } from "convex/values";

export default defineComponent("posthog", {
  env: {
    POSTHOG_PROJECT_TOKEN: v.string(),
    POSTHOG_HOST: v.optional(v.string()),
    POSTHOG_PERSONAL_API_KEY: v.optional(v.string()),
    POSTHOG_FLAGS_POLLING_INTERVAL_SECONDS: v.optional(v.string()),
    POSTHOG_DISABLE_LOCAL_EVALUATION: v.optional(v.string()),
  },
});
