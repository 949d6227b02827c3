import { paginationOptsValidator } from "convex/server";
import { v } from "convex/values";
import { internal } from "./_generated/api";
import { action, internalMutation, internalQuery, mutation, query } from "./_generated/server";
import { requireUser } from "./lib/session";
import { attachment } from "./lib/validators";

const WEEK = 7 * 24 * 60 * 60 * 1000;

export const list = query({
  args: { channel: v.id("channels"), paginationOpts: paginationOptsValidator },
  handler: async (ctx, { channel, paginationOpts }) =>
    ctx.db
      .query("messages")
      .withIndex("by_channel", (q) => q.eq("channel", channel))
      .order("desc")
      .paginate(paginationOpts),
});

export const send = mutation({
  args: {
    channel: v.id("channels"),
    body: v.string(),
    attachments: v.optional(v.array(attachment)),
  },
  returns: v.id("messages"),
  handler: async (ctx, args) => {
    const author = await requireUser(ctx);
    return ctx.db.insert("messages", { ...args, author: author._id });
  },
});

export const search = internalQuery({
  args: { channel: v.id("channels"), text: v.string() },
  handler: async (ctx, { channel, text }) =>
    ctx.db
      .query("messages")
      .withSearchIndex("search_body", (q) => q.search("body", text).eq("channel", channel))
      .take(20),
});

export const summarize = action({
  args: { channel: v.id("channels"), text: v.string() },
  returns: v.string(),
  handler: async (ctx, args): Promise<string> => {
    const found = await ctx.runQuery(internal.messages.search, args);
    const response = await fetch("https://example.com/summarize", {
      method: "POST",
      body: JSON.stringify(found.map((message) => message.body)),
    });
    return response.text();
  },
});

export const purge = internalMutation({
  args: { olderThan: v.optional(v.number()) },
  returns: v.null(),
  handler: async (ctx, { olderThan = WEEK }) => {
    const messages = await ctx.db.query("messages").take(100);
    for (const message of messages) {
      if (message.deletedAt !== undefined && message.deletedAt < Date.now() - olderThan) {
        await ctx.db.delete(message._id);
      }
    }
    return null;
  },
});
