import { cronJobs } from "convex/server";
import { internal } from "./_generated/api";

const crons = cronJobs();

crons.daily("purge deleted messages", { hourUTC: 3, minuteUTC: 30 }, internal.messages.purge, {
  olderThan: 30 * 24 * 60 * 60 * 1000,
});

export default crons;
