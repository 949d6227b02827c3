// Model of the component definition of @convex-dev/batch-worker, checked against 0.3.3.
import { defineComponent } from "convex/server";
import { v } from "convex/values";

const levels = ["DEBUG", "TRACE", "INFO", "REPORT", "WARN", "ERROR"];

export default defineComponent("batchWorker", {
  env: { LOG_LEVEL: v.optional(v.union(...levels.map((level) => v.literal(level)))) },
});
