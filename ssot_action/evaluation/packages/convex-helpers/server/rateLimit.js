// Models: convex-helpers/server/rateLimit. Checked against: 0.1.124.
// Left out: the arithmetic of the limits; only which table is read and written is kept.

import { defineTable } from "convex/server";
import { ConvexError, v } from "convex/values";

export const isRateLimitError = (error) =>
  error instanceof ConvexError && error.data["kind"] === "RateLimited";

export const RateLimitTable = "rateLimits";

export const rateLimitTables = {
  [RateLimitTable]: defineTable({
    name: v.string(),
    key: v.optional(v.string()),
    value: v.number(),
    ts: v.number(),
  }).index("name", ["name", "key"]),
};

const existing = (db, name, key) =>
  db
    .query("rateLimits")
    .withIndex("name", (q) => q.eq("name", name).eq("key", key))
    .unique();

export async function checkRateLimit(ctx, args) {
  const state = await existing(ctx.db, args.name, args.key);
  return { ok: state !== null, ...state };
}

export async function rateLimit(ctx, args) {
  const { ts, value } = await checkRateLimit(ctx, args);
  const state = await existing(ctx.db, args.name, args.key);
  if (state) await ctx.db.patch("rateLimits", state._id, { ts, value });
  else await ctx.db.insert("rateLimits", { name: args.name, key: args.key, ts, value });
}

export async function resetRateLimit(ctx, args) {
  const state = await existing(ctx.db, args.name, args.key);
  if (state) await ctx.db.delete("rateLimits", state._id);
}

export const defineRateLimits = (_limits) => ({ checkRateLimit, rateLimit, resetRateLimit });
