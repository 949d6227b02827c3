// Model of convex-fs, checked against 0.2.1.
// Computes: the routes of registerRoutes.
// Left out: blob stores; the URLs of buildDownloadUrl and parseDownloadUrl.
import { httpActionGeneric } from "convex/server";
import { corsRouter } from "convex-helpers/server/cors";
import { unknown } from "ssot:host";

const notModelled = (name) => () => unknown(`${name} of convex-fs is not modelled`);
export const buildDownloadUrl = notModelled("buildDownloadUrl");
export const parseDownloadUrl = notModelled("parseDownloadUrl");
export const isConflictError = notModelled("isConflictError");

export class ConvexFS {
  constructor(component, options) {
    this.component = component;
    this.options = options;
  }
  get config() {
    const { storage, downloadUrlTtl, blobGracePeriod } = this.options;
    return { storage, downloadUrlTtl, blobGracePeriod };
  }
  async commitFiles(ctx, files) {
    await ctx.runMutation(this.component.lib.commitFiles, { files });
  }
  async getDownloadUrl(ctx, blobId, _options) {
    return await ctx.runAction(this.component.lib.getDownloadUrl, { blobId });
  }
  async getBlob(ctx, blobId) {
    return await fetch(await this.getDownloadUrl(ctx, blobId));
  }
  async getFile(ctx, path) {
    const file = await this.stat(ctx, path);
    return await this.getBlob(ctx, file.blobId);
  }
  async writeBlob(ctx, _data, contentType) {
    return await ctx.runMutation(this.component.lib.registerPendingUpload, { contentType });
  }
  async writeFile(ctx, path, data, contentType) {
    const blobId = await this.writeBlob(ctx, data, contentType);
    await this.commitFiles(ctx, [{ path, blobId }]);
  }
  async stat(ctx, path) {
    return await ctx.runQuery(this.component.lib.stat, { path });
  }
  async list(ctx, options) {
    return await ctx.runQuery(this.component.lib.list, options);
  }
  async transact(ctx, ops) {
    await ctx.runMutation(this.component.lib.transact, { ops });
  }
  async copy(ctx, sourcePath, destPath) {
    await ctx.runMutation(this.component.lib.copyByPath, { sourcePath, destPath });
  }
  async move(ctx, sourcePath, destPath) {
    await ctx.runMutation(this.component.lib.moveByPath, { sourcePath, destPath });
  }
  async delete(ctx, path) {
    await ctx.runMutation(this.component.lib.deleteByPath, { path });
  }
}

export function registerRoutes(http, component, fs, config) {
  const prefix = config.pathPrefix ?? "/fs";
  const router = corsRouter(http, { allowedOrigins: ["*"] });
  router.route({
    path: prefix + "/upload",
    method: "POST",
    handler: httpActionGeneric(async (ctx) => {
      await config.uploadAuth(ctx);
      await ctx.runMutation(component.lib.registerPendingUpload, {});
    }),
  });
  router.route({
    pathPrefix: prefix + "/blobs/",
    method: "GET",
    handler: httpActionGeneric(async (ctx, request) => {
      await fs.stat(ctx, request.url);
      await config.downloadAuth(ctx, request.url);
      await fs.getDownloadUrl(ctx, request.url);
    }),
  });
}

export default ConvexFS;
