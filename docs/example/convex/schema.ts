import { defineSchema, defineTable } from "convex/server";
import { v } from "convex/values";
import { attachment, role, timestamps } from "./lib/validators";

export default defineSchema({
  users: defineTable({
    name: v.string(),
    email: v.string(),
    role,
    avatar: v.optional(v.id("_storage")),
    ...timestamps,
  }).index("by_email", ["email"]),

  channels: defineTable({
    name: v.string(),
    topic: v.optional(v.string()),
    visibility: v.union(v.literal("public"), v.literal("private")),
    owner: v.id("users"),
    members: v.array(v.id("users")),
  })
    .index("by_name", ["name"])
    .index("by_owner", ["owner"]),

  messages: defineTable({
    channel: v.id("channels"),
    author: v.id("users"),
    body: v.string(),
    attachments: v.optional(v.array(attachment)),
    reactions: v.optional(v.record(v.string(), v.array(v.id("users")))),
    replyTo: v.optional(v.union(v.id("messages"), v.null())),
    ...timestamps,
  })
    .index("by_channel", ["channel"])
    .index("by_author", ["author", "channel"])
    .searchIndex("search_body", { searchField: "body", filterFields: ["channel"] }),
});
