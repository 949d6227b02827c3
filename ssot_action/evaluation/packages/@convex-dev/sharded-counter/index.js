// Model of @convex-dev/sharded-counter, checked against 0.2.1. It registers no functions.
export class ShardedCounter {
  constructor(component, options) {
    this.component = component;
    this.options = options;
  }
  async add(ctx, name, count = 1) {
    await ctx.runMutation(this.component.public.add, { name, count });
  }
  async subtract(ctx, name, count = 1) {
    await this.add(ctx, name, -count);
  }
  async inc(ctx, name) {
    await this.add(ctx, name, 1);
  }
  async dec(ctx, name) {
    await this.add(ctx, name, -1);
  }
  async count(ctx, name) {
    return await ctx.runQuery(this.component.public.count, { name });
  }
  async rebalance(ctx, name) {
    await ctx.runMutation(this.component.public.rebalance, { name });
  }
  async reset(ctx, name) {
    await ctx.runMutation(this.component.public.reset, { name });
  }
  async estimateCount(ctx, name, readFromShards = 1) {
    return await ctx.runQuery(this.component.public.estimateCount, { name, readFromShards });
  }
  for(name) {
    return {
      add: async (ctx, count = 1) => await this.add(ctx, name, count),
      subtract: async (ctx, count = 1) => await this.add(ctx, name, -count),
      inc: async (ctx) => await this.add(ctx, name, 1),
      dec: async (ctx) => await this.add(ctx, name, -1),
      count: async (ctx) => await this.count(ctx, name),
      reset: async (ctx) => await this.reset(ctx, name),
      rebalance: async (ctx) => await this.rebalance(ctx, name),
      estimateCount: async (ctx, shards = 1) => await this.estimateCount(ctx, name, shards),
    };
  }
  trigger(name) {
    return async (ctx, _change) => await this.add(ctx, name, 1);
  }
}
