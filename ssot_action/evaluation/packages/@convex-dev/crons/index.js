// Model of @convex-dev/crons, checked against 0.2.2. It registers no functions.
import { createFunctionHandle } from "convex/server";

export class Crons {
  constructor(component) {
    this.component = component;
  }
  async register(ctx, schedule, func, args, name) {
    const functionHandle = await createFunctionHandle(func);
    return await ctx.runMutation(this.component.public.register, {
      name,
      schedule,
      functionHandle,
      args,
    });
  }
  async list(ctx) {
    return await ctx.runQuery(this.component.public.list, {});
  }
  async get(ctx, identifier) {
    return await ctx.runQuery(this.component.public.get, { identifier });
  }
  async delete(ctx, identifier) {
    return await ctx.runMutation(this.component.public.del, { identifier });
  }
}
