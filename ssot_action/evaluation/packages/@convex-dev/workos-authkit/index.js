// Model of @convex-dev/workos-authkit, checked against 0.1.4 to 0.2.9.
// Computes: the functions of AuthKit.events, actions and utils; the two routes of registerRoutes
// (their paths are fixed: the option webhookPath has no effect on them).
// Versions: backfillUsers was an action before 0.2.7.
// Left out: the package refuses to be built without its credentials; here they are not read, so
// the client ID in getAuthConfigProviders is known only when it is passed.
import {
  createFunctionHandle,
  httpActionGeneric,
  internalActionGeneric,
  internalMutationGeneric,
} from "convex/server";
import { v } from "convex/values";
import { unknown } from "ssot:host";
import { since } from "../_versions.js";

const freeForm = () => v.record(v.string(), v.any());

// Which callback runs depends on the argument: one of them alone is the handler itself.
function anyOf(callbacks) {
  const handlers = Object.values(callbacks ?? {});
  if (handlers.length === 1) {
    return handlers[0];
  }
  return async (ctx, args) => {
    for (const handler of handlers) {
      await handler(ctx, args);
    }
  };
}

export class AuthKit {
  constructor(component, options) {
    this.component = component;
    this.options = options;
  }
  get workos() {
    return unknown("the WorkOS client is not modelled");
  }
  getAuthConfigProviders() {
    const clientId =
      this.options?.clientId ?? unknown("WORKOS_CLIENT_ID is an environment variable");
    const api = `https://${this.options?.apiHostname ?? "api.workos.com"}`;
    const jwks = `https://api.workos.com/sso/jwks/${clientId}`;
    return [
      {
        type: "customJwt",
        issuer: `${api}/`,
        algorithm: "RS256",
        jwks,
        applicationID: clientId,
      },
      {
        type: "customJwt",
        issuer: `${api}/user_management/${clientId}`,
        algorithm: "RS256",
        jwks,
      },
    ];
  }
  async getAuthUser(ctx) {
    const identity = await ctx.auth.getUserIdentity();
    const id = identity?.subject;
    return await ctx.runQuery(this.component.lib.getAuthUser, { id });
  }
  events(callbacks) {
    return {
      authKitEvent: internalMutationGeneric({
        args: { event: v.string(), data: freeForm() },
        returns: v.null(),
        handler: anyOf(callbacks),
      }),
    };
  }
  actions(callbacks) {
    return {
      authKitAction: internalMutationGeneric({
        args: { action: freeForm() },
        returns: freeForm(),
        handler: anyOf(callbacks),
      }),
    };
  }
  utils() {
    const { component, options } = this;
    const builder = since("@convex-dev/workos-authkit", "0.2.7")
      ? internalMutationGeneric
      : internalActionGeneric;
    return {
      backfillUsers: builder({
        args: {},
        returns: v.null(),
        handler: async (ctx) => {
          const event = options?.authFunctions?.authKitEvent;
          const onEventHandle = event && (await createFunctionHandle(event));
          await ctx.runMutation(component.backfill.startBackfill, { onEventHandle });
        },
      }),
    };
  }
  registerRoutes(http) {
    const { component, options } = this;
    http.route({
      path: "/workos/webhook",
      method: "POST",
      handler: httpActionGeneric(async (ctx) => {
        const event = options?.authFunctions?.authKitEvent;
        const onEventHandle = event && (await createFunctionHandle(event));
        await ctx.runMutation(component.lib.onWebhookEvent, { onEventHandle });
      }),
    });
    http.route({
      path: "/workos/action",
      method: "POST",
      handler: httpActionGeneric(async (ctx, action) => {
        await ctx.runMutation(options?.authFunctions?.authKitAction, { action });
      }),
    });
  }
}
