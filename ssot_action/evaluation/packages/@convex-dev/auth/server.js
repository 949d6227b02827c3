// Model of @convex-dev/auth/server, checked against 0.0.43 to 0.0.95.
// Computes: authTables; convexAuth's signIn, signOut, store and isAuthenticated; the routes of
// auth.addHttpRoutes, which has the sign-in and callback routes only if a provider is OAuth or
// OIDC.
// Versions: the index providerAndAccountId came with 0.0.61, firstUsedTime with 0.0.69, calledBy
// with 0.0.70, parentRefreshTokenId with 0.0.73, isAuthenticated with 0.0.76.
// Left out: signing in. The handlers below tell which tables and functions the package's use.
import {
  actionGeneric,
  defineTable,
  httpActionGeneric,
  internalMutationGeneric,
  queryGeneric,
} from "convex/server";
import { v as values } from "convex/values";
import { unknown } from "ssot:host";
import { since } from "../_versions.js";

const v = since("@convex-dev/auth", "0.0.43")
  ? values
  : unknown("@convex-dev/auth before 0.0.43 is not modelled");

const text = () => v.optional(v.string());
const number = () => v.optional(v.number());

const HAS_PARENT_TOKENS = since("@convex-dev/auth", "0.0.73");
const refreshTokens = defineTable({
  sessionId: v.id("authSessions"),
  expirationTime: v.number(),
  ...(since("@convex-dev/auth", "0.0.69") ? { firstUsedTime: number() } : {}),
  ...(HAS_PARENT_TOKENS ? { parentRefreshTokenId: v.optional(v.id("authRefreshTokens")) } : {}),
}).index("sessionId", ["sessionId"]);

export const authTables = {
  users: defineTable({
    name: text(),
    image: text(),
    email: text(),
    emailVerificationTime: number(),
    phone: text(),
    phoneVerificationTime: number(),
    isAnonymous: v.optional(v.boolean()),
  })
    .index("email", ["email"])
    .index("phone", ["phone"]),
  authSessions: defineTable({
    userId: v.id("users"),
    expirationTime: v.number(),
  }).index("userId", ["userId"]),
  authAccounts: defineTable({
    userId: v.id("users"),
    provider: v.string(),
    providerAccountId: v.string(),
    secret: text(),
    emailVerified: text(),
    phoneVerified: text(),
  })
    .index("userIdAndProvider", ["userId", "provider"])
    .index(
      ...(since("@convex-dev/auth", "0.0.61")
        ? ["providerAndAccountId", ["provider", "providerAccountId"]]
        : ["accountIdAndProvider", ["providerAccountId", "provider"]]),
    ),
  authRefreshTokens: HAS_PARENT_TOKENS
    ? refreshTokens.index("sessionIdAndParentRefreshTokenId", ["sessionId", "parentRefreshTokenId"])
    : refreshTokens,
  authVerificationCodes: defineTable({
    accountId: v.id("authAccounts"),
    provider: v.string(),
    code: v.string(),
    expirationTime: v.number(),
    verifier: text(),
    emailVerified: text(),
    phoneVerified: text(),
  })
    .index("accountId", ["accountId"])
    .index("code", ["code"]),
  authVerifiers: defineTable({
    sessionId: v.optional(v.id("authSessions")),
    signature: text(),
  }).index("signature", ["signature"]),
  authRateLimits: defineTable({
    identifier: v.string(),
    lastAttemptTime: v.number(),
    attemptsLeft: v.number(),
  }).index("identifier", ["identifier"]),
};

const operation = (type, fields) => v.object({ type: v.literal(type), ...fields });
const account = (secret) => v.object({ id: v.string(), secret });
const storeArgs = v.object({
  args: v.union(
    operation("signIn", {
      userId: v.id("users"),
      sessionId: v.optional(v.id("authSessions")),
      generateTokens: v.boolean(),
    }),
    operation("signOut"),
    operation("refreshSession", { refreshToken: v.string() }),
    operation("verifyCodeAndSignIn", {
      params: v.any(),
      provider: text(),
      verifier: text(),
      generateTokens: v.boolean(),
      allowExtraProviders: v.boolean(),
    }),
    operation("verifier"),
    operation("verifierSignature", { verifier: v.string(), signature: v.string() }),
    operation("userOAuth", {
      provider: v.string(),
      providerAccountId: v.string(),
      profile: v.any(),
      signature: v.string(),
    }),
    operation("createVerificationCode", {
      accountId: v.optional(v.id("authAccounts")),
      provider: v.string(),
      email: text(),
      phone: text(),
      code: v.string(),
      expirationTime: v.number(),
      allowExtraProviders: v.boolean(),
    }),
    operation("createAccountFromCredentials", {
      provider: v.string(),
      account: account(text()),
      profile: v.any(),
      shouldLinkViaEmail: v.optional(v.boolean()),
      shouldLinkViaPhone: v.optional(v.boolean()),
    }),
    operation("retrieveAccountWithCredentials", {
      provider: v.string(),
      account: account(text()),
    }),
    operation("modifyAccount", { provider: v.string(), account: account(v.string()) }),
    operation("invalidateSessions", {
      userId: v.id("users"),
      except: v.optional(v.array(v.id("authSessions"))),
    }),
  ),
});

export async function getAuthUserId(ctx) {
  const identity = await ctx.auth.getUserIdentity();
  return identity === null ? null : identity.subject.split("|")[0];
}
export async function getAuthSessionId(ctx) {
  const identity = await ctx.auth.getUserIdentity();
  return identity === null ? null : identity.subject.split("|")[1];
}

// The package always finds its mutation under this name.
const callStore = async (ctx, args) => await ctx.runMutation("auth:store", { args });

export async function createAccount(ctx, args) {
  return await callStore(ctx, { type: "createAccountFromCredentials", ...args });
}
export async function retrieveAccount(ctx, args) {
  return await callStore(ctx, { type: "retrieveAccountWithCredentials", ...args });
}
export async function modifyAccountCredentials(ctx, args) {
  return await callStore(ctx, { type: "modifyAccount", ...args });
}
export async function invalidateSessions(ctx, args) {
  return await callStore(ctx, { type: "invalidateSessions", ...args });
}
export async function signInViaProvider(ctx, _provider, args) {
  return await callStore(ctx, { type: "signIn", ...args });
}

// A provider may be given as a function that makes it; its options override what it says itself.
function materialize(given) {
  const provider = typeof given === "function" ? given() : given;
  return { ...provider, ...provider.options };
}
const isOAuth = ({ type }) => type === "oauth" || type === "oidc";

// All that the twelve operations of the store do between them.
async function storeEffects(ctx, callbacks) {
  const sessionId = await getAuthSessionId(ctx);
  const session = await ctx.db.query("authSessions").first();
  const token = await ctx.db.query("authRefreshTokens").first();
  const authAccount = await ctx.db.query("authAccounts").first();
  const code = await ctx.db.query("authVerificationCodes").first();
  const verifier = await ctx.db.query("authVerifiers").first();
  const limit = await ctx.db.query("authRateLimits").first();
  await ctx.db.insert("authSessions", { ...session, sessionId });
  await ctx.db.insert("authRefreshTokens", token);
  await ctx.db.insert("authAccounts", authAccount);
  await ctx.db.insert("authVerificationCodes", code);
  await ctx.db.insert("authVerifiers", verifier);
  await ctx.db.insert("authRateLimits", limit);
  await callbacks?.beforeSessionCreation?.(ctx, {});
  if (callbacks?.createOrUpdateUser) {
    await callbacks.createOrUpdateUser(ctx, {});
  } else {
    const user = await ctx.db.query("users").first();
    await ctx.db.insert("users", user);
    await callbacks?.afterUserCreatedOrUpdated?.(ctx, {});
  }
}

const isAuthenticated = queryGeneric({
  args: {},
  handler: async (ctx) => (await ctx.auth.getUserIdentity()) !== null,
});

export function convexAuth(config) {
  const hasOAuth = config.providers.map(materialize).some(isOAuth);
  const { callbacks } = config;
  const auth = {
    getUserId: getAuthUserId,
    getSessionId: getAuthSessionId,
    addHttpRoutes(http) {
      const answer = httpActionGeneric(async () => {});
      http.route({ path: "/.well-known/openid-configuration", method: "GET", handler: answer });
      http.route({ path: "/.well-known/jwks.json", method: "GET", handler: answer });
      if (hasOAuth) {
        const signIn = httpActionGeneric(async (ctx) => {
          await callStore(ctx, { type: "verifierSignature" });
        });
        const callback = httpActionGeneric(async (ctx) => {
          await callStore(ctx, { type: "userOAuth" });
        });
        http.route({ pathPrefix: "/api/auth/signin/", method: "GET", handler: signIn });
        http.route({ pathPrefix: "/api/auth/callback/", method: "GET", handler: callback });
        http.route({ pathPrefix: "/api/auth/callback/", method: "POST", handler: callback });
      }
    },
  };
  return {
    auth,
    signIn: actionGeneric({
      args: {
        provider: text(),
        params: v.optional(v.any()),
        verifier: text(),
        refreshToken: text(),
        ...(since("@convex-dev/auth", "0.0.70") ? { calledBy: text() } : {}),
      },
      handler: async (ctx) => await callStore(ctx, { type: "signIn" }),
    }),
    signOut: actionGeneric({
      args: {},
      handler: async (ctx) => await callStore(ctx, { type: "signOut" }),
    }),
    store: internalMutationGeneric({
      args: storeArgs,
      handler: async (ctx) => await storeEffects(ctx, callbacks),
    }),
    ...(since("@convex-dev/auth", "0.0.76") ? { isAuthenticated } : {}),
  };
}
