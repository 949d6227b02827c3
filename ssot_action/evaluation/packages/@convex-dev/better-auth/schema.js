// Part of the model of @convex-dev/better-auth (0.11 to 0.12.5): the schema its own component has.
// A local install has a schema of its own, generated into the project.
import { defineSchema, defineTable } from "convex/server";
import { v } from "convex/values";
import { since } from "../_versions.js";

const maybe = (validator) => v.optional(v.union(v.null(), validator));
const text = () => maybe(v.string());
const number = () => maybe(v.number());
const flag = () => maybe(v.boolean());
const times = { createdAt: v.number(), updatedAt: v.number() };
const maybeTimes = { createdAt: number(), updatedAt: number() };

export const tables = {
  user: defineTable({
    name: v.string(),
    email: v.string(),
    emailVerified: v.boolean(),
    image: text(),
    ...times,
    twoFactorEnabled: flag(),
    isAnonymous: flag(),
    username: text(),
    displayUsername: text(),
    phoneNumber: text(),
    phoneNumberVerified: flag(),
    userId: text(),
  })
    .index("email_name", ["email", "name"])
    .index("name", ["name"])
    .index("userId", ["userId"])
    .index("username", ["username"])
    .index("phoneNumber", ["phoneNumber"]),
  session: defineTable({
    expiresAt: v.number(),
    token: v.string(),
    ...times,
    ipAddress: text(),
    userAgent: text(),
    userId: v.string(),
  })
    .index("expiresAt", ["expiresAt"])
    .index("expiresAt_userId", ["expiresAt", "userId"])
    .index("token", ["token"])
    .index("userId", ["userId"]),
  account: defineTable({
    accountId: v.string(),
    providerId: v.string(),
    userId: v.string(),
    accessToken: text(),
    refreshToken: text(),
    idToken: text(),
    accessTokenExpiresAt: number(),
    refreshTokenExpiresAt: number(),
    scope: text(),
    password: text(),
    ...times,
  })
    .index("accountId", ["accountId"])
    .index("accountId_providerId", ["accountId", "providerId"])
    .index("providerId_userId", ["providerId", "userId"])
    .index("userId", ["userId"]),
  verification: defineTable({
    identifier: v.string(),
    value: v.string(),
    expiresAt: v.number(),
    ...times,
  })
    .index("expiresAt", ["expiresAt"])
    .index("identifier", ["identifier"]),
  twoFactor: defineTable({
    secret: v.string(),
    backupCodes: v.string(),
    userId: v.string(),
    ...(since("@convex-dev/better-auth", "0.12.0") ? { verified: flag() } : {}),
  }).index("userId", ["userId"]),
  oauthApplication: defineTable({
    name: text(),
    icon: text(),
    metadata: text(),
    clientId: text(),
    clientSecret: text(),
    redirectUrls: text(),
    type: text(),
    disabled: flag(),
    userId: text(),
    ...maybeTimes,
  })
    .index("clientId", ["clientId"])
    .index("userId", ["userId"]),
  oauthAccessToken: defineTable({
    accessToken: text(),
    refreshToken: text(),
    accessTokenExpiresAt: number(),
    refreshTokenExpiresAt: number(),
    clientId: text(),
    userId: text(),
    scopes: text(),
    ...maybeTimes,
  })
    .index("accessToken", ["accessToken"])
    .index("refreshToken", ["refreshToken"])
    .index("clientId", ["clientId"])
    .index("userId", ["userId"]),
  oauthConsent: defineTable({
    clientId: text(),
    userId: text(),
    scopes: text(),
    ...maybeTimes,
    consentGiven: flag(),
  })
    .index("clientId_userId", ["clientId", "userId"])
    .index("userId", ["userId"]),
  jwks: defineTable({
    publicKey: v.string(),
    privateKey: v.string(),
    createdAt: v.number(),
    expiresAt: number(),
  }),
  rateLimit: defineTable({
    key: v.string(),
    count: v.number(),
    lastRequest: v.number(),
  }).index("key", ["key"]),
};

export default defineSchema(tables);
