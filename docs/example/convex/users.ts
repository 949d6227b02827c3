import { v } from "convex/values";
import { internalMutation, mutation, query } from "./_generated/server";
import { requireUser } from "./lib/session";
import { role } from "./lib/validators";

export const me = query({
  args: {},
  handler: async (ctx) => requireUser(ctx),
});

export const rename = mutation({
  args: { name: v.string() },
  returns: v.null(),
  handler: async (ctx, { name }) => {
    const user = await requireUser(ctx);
    await ctx.db.patch(user._id, { name, updatedAt: Date.now() });
    return null;
  },
});

export const create = internalMutation({
  args: { name: v.string(), email: v.string(), role },
  returns: v.id("users"),
  handler: async (ctx, args) => ctx.db.insert("users", args),
});
