import { v } from "convex/values";

const ROLES = ["admin", "member", "guest"] as const;

export const role = v.union(...ROLES.map((name) => v.literal(name)));

export const timestamps = {
  updatedAt: v.optional(v.number()),
  deletedAt: v.optional(v.number()),
};

const image = v.object({
  kind: v.literal("image"),
  file: v.id("_storage"),
  width: v.number(),
  height: v.number(),
});

const link = v.object({
  kind: v.literal("link"),
  url: v.string(),
  title: v.optional(v.string()),
});

export const attachment = v.union(image, link);
