// Models: convex-helpers/server/compare. Checked against: 0.1.124.
// Left out: nothing.

export { compareValues } from "convex/values";
