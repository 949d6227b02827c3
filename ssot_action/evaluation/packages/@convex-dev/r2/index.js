// Model of @convex-dev/r2, checked against 0.5.1 to 0.10.2.
// Computes: the six functions of R2.clientApi.
// Versions: onSyncMetadata came with 0.7.
// Left out: talking to the bucket; credentials are not read (config holds only what is passed).
import {
  createFunctionHandle,
  internalMutationGeneric,
  mutationGeneric,
  paginationOptsValidator,
  queryGeneric,
} from "convex/server";
import { v } from "convex/values";
import { since } from "../_versions.js";

export const DEFAULT_BATCH_SIZE = 10;

const fileMetadata = () =>
  v.object({
    key: v.string(),
    sha256: v.optional(v.string()),
    contentType: v.optional(v.string()),
    size: v.optional(v.number()),
    bucket: v.string(),
    lastModified: v.string(),
    link: v.string(),
    url: v.string(),
    bucketLink: v.string(),
  });

// The user's callback is the handler; of two, both are called.
const inTurn = (first, second) =>
  first && second
    ? async (ctx, args) => {
        await first(ctx, args.bucket, args.key);
        await second(ctx, args.bucket, args.key);
      }
    : (first ?? second);

export class R2 {
  constructor(component, options = {}) {
    this.component = component;
    this.options = options;
    this.config = {
      bucket: options.bucket ?? options.R2_BUCKET,
      endpoint: options.endpoint ?? options.R2_ENDPOINT,
    };
  }
  async getUrl(_key, _options) {}
  async generateUploadUrl(_customKey) {}
  async store(ctx, _file, key) {
    await ctx.runQuery(this.component.lib.getMetadata, { key });
    await ctx.runAction(this.component.lib.syncMetadata, { key });
  }
  async syncMetadata(ctx, key) {
    await ctx.runAction(this.component.lib.syncMetadata, { key });
  }
  async getMetadata(ctx, key) {
    return await ctx.runQuery(this.component.lib.getMetadata, { key });
  }
  async listMetadata(ctx, limit, cursor) {
    return await ctx.runQuery(this.component.lib.listMetadata, { limit, cursor });
  }
  async deleteObject(ctx, key) {
    await ctx.runMutation(this.component.lib.deleteObject, { key });
  }
  clientApi(options = {}) {
    const { component } = this;
    const { checkReadKey, checkReadBucket, checkUpload, checkDelete } = options;
    const { onUpload, onSyncMetadata, onDelete, callbacks } = options;
    const synced = internalMutationGeneric({
      args: { key: v.string(), bucket: v.string(), isNew: v.boolean() },
      returns: v.null(),
      handler: onSyncMetadata ?? (async () => {}),
    });
    return {
      generateUploadUrl: mutationGeneric({
        args: {},
        returns: v.object({ key: v.string(), url: v.string() }),
        handler: checkUpload ?? (async () => {}),
      }),
      syncMetadata: mutationGeneric({
        args: { key: v.string() },
        returns: v.null(),
        handler:
          inTurn(checkUpload, onUpload) ??
          (async (ctx, { key }) => {
            const callback = callbacks?.onSyncMetadata;
            const onComplete = callback && (await createFunctionHandle(callback));
            await ctx.scheduler.runAfter(0, component.lib.syncMetadata, { key, onComplete });
          }),
      }),
      ...(since("@convex-dev/r2", "0.7.0") ? { onSyncMetadata: synced } : {}),
      getMetadata: queryGeneric({
        args: { key: v.string() },
        returns: v.union(fileMetadata(), v.null()),
        handler:
          checkReadKey ??
          (async (ctx, { key }) => await ctx.runQuery(component.lib.getMetadata, { key })),
      }),
      listMetadata: queryGeneric({
        args: { paginationOpts: paginationOptsValidator },
        returns: v.object({
          page: v.array(fileMetadata()),
          isDone: v.boolean(),
          continueCursor: v.string(),
          splitCursor: v.optional(v.union(v.null(), v.string())),
          pageStatus: v.optional(
            v.union(v.null(), v.literal("SplitRecommended"), v.literal("SplitRequired")),
          ),
        }),
        handler:
          checkReadBucket ?? (async (ctx) => await ctx.runQuery(component.lib.listMetadata, {})),
      }),
      deleteObject: mutationGeneric({
        args: { key: v.string() },
        returns: v.null(),
        handler:
          inTurn(checkDelete, onDelete) ??
          (async (ctx, { key }) => {
            await ctx.scheduler.runAfter(0, component.lib.deleteObject, { key });
          }),
      }),
    };
  }
}
