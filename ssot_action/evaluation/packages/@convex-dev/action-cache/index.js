// Model of @convex-dev/action-cache, checked against 0.3.1. It registers no functions.
// The cache's name is taken from the action only when asked for, as naming can fail.
import { getFunctionName } from "convex/server";

export class ActionCache {
  constructor(component, config) {
    this.component = component;
    this.config = config;
  }
  get name() {
    return this.config.name || getFunctionName(this.config.action);
  }
  async fetch(ctx, args, _options) {
    await ctx.runQuery(this.component.lib.get, { args });
    const value = await ctx.runAction(this.config.action, args);
    await ctx.runMutation(this.component.lib.put, { args, value });
    return value;
  }
  async remove(ctx, args) {
    return await ctx.runMutation(this.component.lib.remove, { args });
  }
  async removeAllForName(ctx, _options) {
    return await ctx.runMutation(this.component.lib.removeAll, {});
  }
  async removeAll(ctx, before) {
    return await ctx.runMutation(this.component.lib.removeAll, { before });
  }
}

export async function removeAll(ctx, component, before) {
  return await ctx.runMutation(component.lib.removeAll, { before });
}
