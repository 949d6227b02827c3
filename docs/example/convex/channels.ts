import { v } from "convex/values";
import { mutation, query } from "./_generated/server";
import { requireUser } from "./lib/session";

export const list = query({
  args: {},
  handler: async (ctx) => {
    const channels = await ctx.db.query("channels").withIndex("by_name").collect();
    return channels.filter((channel) => channel.visibility === "public");
  },
});

export const open = mutation({
  args: {
    name: v.string(),
    topic: v.optional(v.string()),
    visibility: v.union(v.literal("public"), v.literal("private")),
  },
  returns: v.id("channels"),
  handler: async (ctx, args) => {
    const user = await requireUser(ctx);
    return ctx.db.insert("channels", { ...args, owner: user._id, members: [user._id] });
  },
});
