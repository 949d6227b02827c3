// Model of convex-audit-log, checked against 0.2.0.
// Computes: the functions of exposeAuditLogApi, the names in AuditActions.
import { mutationGeneric, queryGeneric } from "convex/server";
import { v } from "convex/values";

export const AuditActions = {
  USER_LOGIN: "user.login",
  USER_LOGIN_FAILED: "user.login.failed",
  USER_LOGOUT: "user.logout",
  USER_SIGNUP: "user.signup",
  PASSWORD_CHANGED: "user.password.changed",
  PASSWORD_RESET_REQUESTED: "user.password.reset_requested",
  PASSWORD_RESET_COMPLETED: "user.password.reset_completed",
  MFA_ENABLED: "user.mfa.enabled",
  MFA_DISABLED: "user.mfa.disabled",
  USER_CREATED: "user.created",
  USER_UPDATED: "user.updated",
  USER_DELETED: "user.deleted",
  USER_ROLE_CHANGED: "user.role.changed",
  USER_PERMISSIONS_CHANGED: "user.permissions.changed",
  RECORD_CREATED: "record.created",
  RECORD_UPDATED: "record.updated",
  RECORD_DELETED: "record.deleted",
  RECORD_VIEWED: "record.viewed",
  RECORD_EXPORTED: "record.exported",
  SETTINGS_CHANGED: "settings.changed",
  API_KEY_CREATED: "api_key.created",
  API_KEY_REVOKED: "api_key.revoked",
  UNAUTHORIZED_ACCESS: "security.unauthorized_access",
  SUSPICIOUS_ACTIVITY: "security.suspicious_activity",
  RATE_LIMIT_EXCEEDED: "security.rate_limit_exceeded",
};

export class AuditLog {
  constructor(component, options = {}) {
    this.component = component;
    this.options = options;
  }
  async log(ctx, event) {
    return await ctx.runMutation(this.component.lib.log, event);
  }
  async logChange(ctx, event) {
    return await ctx.runMutation(this.component.lib.logChange, event);
  }
  async logBulk(ctx, events) {
    return await ctx.runMutation(this.component.lib.logBulk, { events });
  }
  async queryByResource(ctx, args) {
    return await ctx.runQuery(this.component.lib.queryByResource, args);
  }
  async queryByActor(ctx, args) {
    return await ctx.runQuery(this.component.lib.queryByActor, args);
  }
  async queryBySeverity(ctx, args) {
    return await ctx.runQuery(this.component.lib.queryBySeverity, args);
  }
  async queryByAction(ctx, args) {
    return await ctx.runQuery(this.component.lib.queryByAction, args);
  }
  async search(ctx, args) {
    return await ctx.runQuery(this.component.lib.search, args);
  }
  async watchCritical(ctx, args) {
    return await ctx.runQuery(this.component.lib.watchCritical, { ...args });
  }
  async get(ctx, id) {
    return await ctx.runQuery(this.component.lib.get, { id });
  }
  async getStats(ctx, args) {
    return await ctx.runQuery(this.component.lib.getStats, { ...args });
  }
  async detectAnomalies(ctx, patterns) {
    return await ctx.runQuery(this.component.lib.detectAnomalies, { patterns });
  }
  async generateReport(ctx, args) {
    return await ctx.runQuery(this.component.lib.generateReport, args);
  }
  async cleanup(ctx, options) {
    return await ctx.runMutation(this.component.lib.cleanup, { ...options });
  }
  async getConfig(ctx) {
    return await ctx.runQuery(this.component.lib.getConfig, {});
  }
  async updateConfig(ctx, options) {
    return await ctx.runMutation(this.component.lib.updateConfig, options);
  }
  async backfillAggregates(ctx, options) {
    return await ctx.runMutation(this.component.lib.runBackfill, { ...options });
  }
}

export function exposeAuditLogApi(_component, { auth }) {
  const number = () => v.optional(v.number());
  return {
    queryByResource: queryGeneric({
      args: {
        resourceType: v.string(),
        resourceId: v.string(),
        limit: number(),
        fromTimestamp: number(),
      },
      handler: auth,
    }),
    queryByActor: queryGeneric({
      args: {
        actorId: v.string(),
        limit: number(),
        fromTimestamp: number(),
        actions: v.optional(v.array(v.string())),
      },
      handler: auth,
    }),
    getStats: queryGeneric({
      args: { fromTimestamp: number(), toTimestamp: number() },
      handler: auth,
    }),
    watchCritical: queryGeneric({ args: { limit: number() }, handler: auth }),
    cleanup: mutationGeneric({
      args: { olderThanDays: number(), batchSize: number() },
      handler: auth,
    }),
  };
}
