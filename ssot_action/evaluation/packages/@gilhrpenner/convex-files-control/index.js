// Model of @gilhrpenner/convex-files-control, checked against 0.5.8.
// Computes: the functions of FilesControl.clientApi and the routes of registerRoutes.
// Left out: storage and R2; the URL that buildDownloadUrl makes.
import {
  httpActionGeneric,
  mutationGeneric,
  paginationOptsValidator,
  paginationResultValidator,
  queryGeneric,
} from "convex/server";
import { v } from "convex/values";
import { unknown } from "ssot:host";

export const uploadFormFields = {
  file: "file",
  accessKeys: "accessKeys",
  expiresAt: "expiresAt",
  provider: "provider",
  virtualPath: "virtualPath",
};

export function buildDownloadUrl() {
  return unknown("buildDownloadUrl of @gilhrpenner/convex-files-control is not modelled");
}

export function registerRoutes(http, component, options = {}) {
  const trimmed = (options.pathPrefix ?? "/files").trim();
  const rooted = trimmed.startsWith("/") ? trimmed : `/${trimmed}`;
  const prefix = rooted.endsWith("/") ? rooted.slice(0, -1) : rooted;
  const preflight = httpActionGeneric(async () => {});
  if (options.enableUploadRoute ?? false) {
    const path = `${prefix}/upload`;
    http.route({ path, method: "OPTIONS", handler: preflight });
    http.route({
      path,
      method: "POST",
      handler: httpActionGeneric(async (ctx, request) => {
        await options.checkUploadRequest(ctx, request);
        await ctx.runMutation(component.upload.generateUploadUrl, {});
        await fetch(request);
        await ctx.runMutation(component.upload.finalizeUpload, {});
        await options.onUploadComplete?.(ctx, request);
      }),
    });
  }
  if (options.enableDownloadRoute ?? true) {
    const path = `${prefix}/download`;
    http.route({ path, method: "OPTIONS", handler: preflight });
    http.route({
      path,
      method: "GET",
      handler: httpActionGeneric(async (ctx, request) => {
        await options.checkDownloadRequest?.(ctx, request);
        await ctx.runMutation(component.download.consumeDownloadGrantForUrl, {});
        await fetch(request);
      }),
    });
  }
}

const nullable = (validator) => v.union(v.null(), validator);
const text = () => v.optional(v.string());
const maybeTime = () => v.optional(nullable(v.number()));
const provider = v.union(v.literal("convex"), v.literal("r2"));
const fileFacts = {
  size: v.number(),
  sha256: v.string(),
  contentType: v.union(v.string(), v.null()),
};
const fileSummary = v.object({
  _id: v.id("files"),
  storageId: v.string(),
  storageProvider: provider,
  expiresAt: v.union(v.number(), v.null()),
  virtualPath: v.union(v.string(), v.null()),
});
const storedFile = v.object({
  storageId: v.string(),
  storageProvider: provider,
  expiresAt: nullable(v.number()),
  metadata: v.union(v.object({ storageId: v.string(), ...fileFacts }), v.null()),
  virtualPath: v.union(v.string(), v.null()),
});
const uploadArgs = {
  storageId: v.string(),
  accessKeys: v.array(v.string()),
  expiresAt: maybeTime(),
  metadata: v.optional(v.object(fileFacts)),
  virtualPath: text(),
};
const consumeStatus = v.union(
  v.literal("ok"),
  v.literal("not_found"),
  v.literal("expired"),
  v.literal("exhausted"),
  v.literal("file_missing"),
  v.literal("file_expired"),
  v.literal("access_denied"),
  v.literal("password_required"),
  v.literal("invalid_password"),
);
const grantSummary = v.object({
  _id: v.id("downloadGrants"),
  storageId: v.string(),
  expiresAt: v.union(v.number(), v.null()),
  maxUses: nullable(v.number()),
  useCount: v.number(),
  hasPassword: v.boolean(),
});

// The user's hooks are the handler: one is passed as it is, more are called in turn.
function hooks(given, otherwise) {
  const present = given.filter((hook) => hook);
  if (present.length <= 1) {
    return present[0] ?? otherwise;
  }
  return async (ctx, args) => {
    for (const hook of present) {
      await hook(ctx, args);
    }
  };
}

export class FilesControl {
  constructor(component, options = {}) {
    this.component = component;
    this.options = options;
  }
  async generateUploadUrl(ctx, args) {
    return await ctx.runMutation(this.component.upload.generateUploadUrl, args);
  }
  async finalizeUpload(ctx, args) {
    return await ctx.runMutation(this.component.upload.finalizeUpload, args);
  }
  async registerFile(ctx, args) {
    return await ctx.runMutation(this.component.upload.registerFile, args);
  }
  async createDownloadGrant(ctx, args) {
    return await ctx.runMutation(this.component.download.createDownloadGrant, args);
  }
  async consumeDownloadGrantForUrl(ctx, args) {
    return await ctx.runMutation(this.component.download.consumeDownloadGrantForUrl, args);
  }
  async addAccessKey(ctx, args) {
    return await ctx.runMutation(this.component.accessControl.addAccessKey, args);
  }
  async removeAccessKey(ctx, args) {
    return await ctx.runMutation(this.component.accessControl.removeAccessKey, args);
  }
  async updateFileExpiration(ctx, args) {
    return await ctx.runMutation(this.component.accessControl.updateFileExpiration, args);
  }
  async deleteFile(ctx, args) {
    return await ctx.runMutation(this.component.cleanUp.deleteFile, args);
  }
  async cleanupExpired(ctx, args) {
    return await ctx.runMutation(this.component.cleanUp.cleanupExpired, args);
  }
  async computeR2Metadata(ctx, args) {
    return await ctx.runAction(this.component.upload.computeR2Metadata, args);
  }
  async transferFile(ctx, args) {
    return await ctx.runAction(this.component.transfer.transferFile, args);
  }
  async getFile(ctx, args) {
    return await ctx.runQuery(this.component.queries.getFile, args);
  }
  async getFileByVirtualPath(ctx, args) {
    return await ctx.runQuery(this.component.queries.getFileByVirtualPath, args);
  }
  async listFilesPage(ctx, args) {
    return await ctx.runQuery(this.component.queries.listFilesPage, args);
  }
  async listFilesByAccessKeyPage(ctx, args) {
    return await ctx.runQuery(this.component.queries.listFilesByAccessKeyPage, args);
  }
  async listAccessKeysPage(ctx, args) {
    return await ctx.runQuery(this.component.queries.listAccessKeysPage, args);
  }
  async listDownloadGrantsPage(ctx, args) {
    return await ctx.runQuery(this.component.queries.listDownloadGrantsPage, args);
  }
  async hasAccessKey(ctx, args) {
    return await ctx.runQuery(this.component.queries.hasAccessKey, args);
  }
  clientApi(options = {}) {
    const storageId = v.string();
    const accessKey = v.string();
    const paginationOpts = paginationOptsValidator;
    const fileChange = [options.checkFileMutation];
    const keyChange = [options.checkFileMutation, options.checkAccessKeyMutation];
    const upload = [options.checkUpload, options.onUpload];
    const mutation = (args, returns, given, name) =>
      mutationGeneric({
        args,
        returns,
        handler: hooks(given, async (ctx, called) => await this[name](ctx, called)),
      });
    const query = (args, returns, given, name) =>
      queryGeneric({
        args,
        returns,
        handler: hooks([given], async (ctx, called) => await this[name](ctx, called)),
      });
    return {
      generateUploadUrl: mutation(
        { provider, virtualPath: text() },
        v.object({
          uploadUrl: v.string(),
          uploadToken: v.id("pendingUploads"),
          uploadTokenExpiresAt: v.number(),
          storageProvider: provider,
          storageId: v.union(v.string(), v.null()),
        }),
        [options.checkUpload],
        "generateUploadUrl",
      ),
      finalizeUpload: mutation(
        { uploadToken: v.id("pendingUploads"), ...uploadArgs },
        storedFile,
        upload,
        "finalizeUpload",
      ),
      registerFile: mutation(
        { storageId, storageProvider: provider, ...uploadArgs },
        storedFile,
        upload,
        "registerFile",
      ),
      createDownloadGrant: mutation(
        { storageId, maxUses: maybeTime(), expiresAt: maybeTime(), password: text() },
        v.object({
          downloadToken: v.id("downloadGrants"),
          storageId,
          expiresAt: nullable(v.number()),
          maxUses: nullable(v.number()),
        }),
        [...fileChange, options.onDownloadGrantCreated],
        "createDownloadGrant",
      ),
      consumeDownloadGrantForUrl: mutation(
        { downloadToken: v.id("downloadGrants"), accessKey: text(), password: text() },
        v.object({ status: consumeStatus, downloadUrl: text() }),
        [options.checkDownloadConsume, options.onDownloadConsumed],
        "consumeDownloadGrantForUrl",
      ),
      addAccessKey: mutation(
        { storageId, accessKey },
        v.object({ accessKey }),
        [...keyChange, options.onAccessKeyAdded],
        "addAccessKey",
      ),
      removeAccessKey: mutation(
        { storageId, accessKey },
        v.object({ removed: v.boolean() }),
        [...keyChange, options.onAccessKeyRemoved],
        "removeAccessKey",
      ),
      updateFileExpiration: mutation(
        { storageId, expiresAt: nullable(v.number()) },
        v.object({ expiresAt: nullable(v.number()) }),
        [...fileChange, options.onExpirationUpdated],
        "updateFileExpiration",
      ),
      deleteFile: mutation(
        { storageId },
        v.object({ deleted: v.boolean() }),
        [...fileChange, options.onDelete],
        "deleteFile",
      ),
      cleanupExpired: mutation(
        { limit: v.optional(v.number()) },
        v.object({ deletedCount: v.number(), hasMore: v.boolean() }),
        [options.checkMaintenance],
        "cleanupExpired",
      ),
      getFile: query(
        { storageId },
        v.union(fileSummary, v.null()),
        options.checkReadFile,
        "getFile",
      ),
      getFileByVirtualPath: query(
        { virtualPath: v.string() },
        v.union(fileSummary, v.null()),
        options.checkReadVirtualPath,
        "getFileByVirtualPath",
      ),
      listFilesPage: query(
        { paginationOpts },
        paginationResultValidator(fileSummary),
        options.checkListFiles,
        "listFilesPage",
      ),
      listFilesByAccessKeyPage: query(
        { accessKey, paginationOpts },
        paginationResultValidator(fileSummary),
        options.checkReadAccessKey,
        "listFilesByAccessKeyPage",
      ),
      listAccessKeysPage: query(
        { storageId, paginationOpts },
        paginationResultValidator(v.string()),
        options.checkReadFile,
        "listAccessKeysPage",
      ),
      listDownloadGrantsPage: query(
        { paginationOpts },
        paginationResultValidator(grantSummary),
        options.checkListDownloadGrants,
        "listDownloadGrantsPage",
      ),
      hasAccessKey: query(
        { storageId, accessKey },
        v.boolean(),
        options.checkReadFile,
        "hasAccessKey",
      ),
    };
  }
}
