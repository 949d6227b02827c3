// Model of @convex-dev/prosemirror-sync, checked against 0.1.6 to 0.2.6.
// Computes: the five functions of ProsemirrorSync.syncApi.
// Left out: getDoc and transform work on ProseMirror documents; only their calls are told.
import { mutationGeneric, queryGeneric } from "convex/server";
import { v } from "convex/values";

export class ProsemirrorSync {
  constructor(component) {
    this.component = component;
  }
  async create(ctx, id, content) {
    return await ctx.runMutation(this.component.lib.submitSnapshot, { id, content });
  }
  async getDoc(ctx, id, _schema) {
    await ctx.runQuery(this.component.lib.getSnapshot, { id });
    return await ctx.runQuery(this.component.lib.getSteps, { id });
  }
  async transform(ctx, id, schema, fn, _options) {
    const { doc, version } = await this.getDoc(ctx, id, schema);
    const steps = await fn(doc, version);
    await ctx.runMutation(this.component.lib.submitSteps, { id, version, steps });
    await ctx.runMutation(this.component.lib.submitSnapshot, { id, version });
  }
  syncApi(options) {
    const { component } = this;
    const { checkRead, checkWrite, onSnapshot } = options ?? {};
    const writeSnapshot =
      checkWrite && onSnapshot
        ? async (ctx, args) => {
            await checkWrite(ctx, args.id);
            await onSnapshot(ctx, args.id, args.content, args.version);
          }
        : (checkWrite ?? onSnapshot);
    return {
      getSnapshot: queryGeneric({
        args: { id: v.string(), version: v.optional(v.number()) },
        returns: v.union(
          v.object({ content: v.null() }),
          v.object({ content: v.string(), version: v.number() }),
        ),
        handler:
          checkRead ?? (async (ctx, args) => await ctx.runQuery(component.lib.getSnapshot, args)),
      }),
      submitSnapshot: mutationGeneric({
        args: { id: v.string(), version: v.number(), content: v.string() },
        returns: v.null(),
        handler:
          writeSnapshot ??
          (async (ctx, args) => await ctx.runMutation(component.lib.submitSnapshot, args)),
      }),
      latestVersion: queryGeneric({
        args: { id: v.string() },
        returns: v.union(v.null(), v.number()),
        handler:
          checkRead ?? (async (ctx, args) => await ctx.runQuery(component.lib.latestVersion, args)),
      }),
      getSteps: queryGeneric({
        args: { id: v.string(), version: v.number() },
        handler:
          checkRead ?? (async (ctx, args) => await ctx.runQuery(component.lib.getSteps, args)),
      }),
      submitSteps: mutationGeneric({
        args: {
          id: v.string(),
          version: v.number(),
          clientId: v.union(v.string(), v.number()),
          steps: v.array(v.string()),
        },
        handler:
          checkWrite ??
          (async (ctx, args) => await ctx.runMutation(component.lib.submitSteps, args)),
      }),
    };
  }
}
