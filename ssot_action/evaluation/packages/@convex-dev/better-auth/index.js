// Model of @convex-dev/better-auth, checked against 0.9.1 to 0.12.5.
// Computes: createApi's seven functions, whose args depend on the schema; the functions of
// createClient's clientApi and triggersApi; the routes of registerRoutes and registerRoutesLazy.
// Versions: clientApi came and migrationRemoveUserId went with 0.10; the arguments join came with
// 0.10.7, select of findMany with 0.11, mode with 0.12.
// Left out: Better Auth itself. The adapter is unknown; createAuth runs only where its options
// decide a path (registerRoutes), as in the package.
import {
  httpActionGeneric,
  internalMutationGeneric,
  mutationGeneric,
  paginationOptsValidator,
  queryGeneric,
} from "convex/server";
import { v } from "convex/values";
import { corsRouter } from "convex-helpers/server/cors";
import { unknown } from "ssot:host";
import { since } from "../_versions.js";

const literals = (...values) => v.union(...values.map((value) => v.literal(value)));

// What `where` clauses share; `field` differs.
const where = (field) =>
  v.object({
    field,
    operator: v.optional(
      literals(
        "lt",
        "lte",
        "gt",
        "gte",
        "eq",
        "in",
        "not_in",
        "ne",
        "contains",
        "starts_with",
        "ends_with",
      ),
    ),
    value: v.union(
      v.string(),
      v.number(),
      v.boolean(),
      v.array(v.string()),
      v.array(v.number()),
      v.null(),
    ),
    connector: v.optional(literals("AND", "OR")),
    ...(since("@convex-dev/better-auth", "0.12.0")
      ? { mode: v.optional(literals("sensitive", "insensitive")) }
      : {}),
  });

export function convexAdapter() {
  return unknown("the Better Auth database adapter is not modelled");
}

export function createApi(schema, _createAuthOptions) {
  const tables = Object.entries(schema.tables).map(([name, table]) => ({
    model: v.literal(name),
    fields: table.validator.fields,
  }));
  const optionalFields = (fields) =>
    Object.fromEntries(
      Object.entries(fields).map(([name, validator]) => [
        name,
        validator.isOptional === "optional" ? validator : v.optional(validator),
      ]),
    );
  const whereOf = (fields) => v.optional(v.array(where(literals(...Object.keys(fields), "_id"))));
  const eachTable = (describe) => v.union(...tables.map((table) => v.object(describe(table))));

  const model = v.union(...tables.map((table) => table.model));
  const anyWhere = v.optional(v.array(where(v.string())));
  const select = v.optional(v.array(v.string()));
  const join = since("@convex-dev/better-auth", "0.10.7") ? { join: v.optional(v.any()) } : {};
  const handle = () => v.optional(v.string());
  const updates = eachTable((table) => ({
    model: table.model,
    update: v.object(optionalFields(table.fields)),
    where: whereOf(table.fields),
  }));
  const deletions = eachTable((table) => ({ model: table.model, where: whereOf(table.fields) }));

  const update = async (ctx, args) => {
    const document = await ctx.db.query(args.input.model).first();
    await ctx.db.patch(document._id, args.input.update);
    await ctx.runMutation(args.onUpdateHandle, { model: args.input.model });
  };
  const remove = async (ctx, args) => {
    const document = await ctx.db.query(args.input.model).first();
    await ctx.db.delete(document._id);
    await ctx.runMutation(args.onDeleteHandle, { model: args.input.model });
  };
  const migrationRemoveUserId = mutationGeneric({
    args: { userId: v.string() },
    handler: async (ctx, args) => await ctx.db.patch(args.userId, { userId: undefined }),
  });
  return {
    ...(since("@convex-dev/better-auth", "0.10.0") ? {} : { migrationRemoveUserId }),
    create: mutationGeneric({
      args: {
        input: eachTable((table) => ({ model: table.model, data: v.object(table.fields) })),
        select,
        onCreateHandle: handle(),
      },
      handler: async (ctx, args) => {
        await ctx.db.query(args.input.model).first();
        await ctx.db.insert(args.input.model, args.input.data);
        await ctx.runMutation(args.onCreateHandle, { model: args.input.model });
      },
    }),
    findOne: queryGeneric({
      args: { model, where: anyWhere, select, ...join },
      handler: async (ctx, args) => await ctx.db.query(args.model).first(),
    }),
    findMany: queryGeneric({
      args: {
        model,
        where: anyWhere,
        ...(since("@convex-dev/better-auth", "0.11.0") ? { select } : {}),
        limit: v.optional(v.number()),
        sortBy: v.optional(v.object({ direction: literals("asc", "desc"), field: v.string() })),
        offset: v.optional(v.number()),
        ...join,
        paginationOpts: paginationOptsValidator,
      },
      handler: async (ctx, args) => await ctx.db.query(args.model).paginate(args.paginationOpts),
    }),
    updateOne: mutationGeneric({
      args: { input: updates, onUpdateHandle: handle() },
      handler: update,
    }),
    updateMany: mutationGeneric({
      args: {
        input: updates,
        paginationOpts: paginationOptsValidator,
        onUpdateHandle: handle(),
      },
      handler: update,
    }),
    deleteOne: mutationGeneric({
      args: { input: deletions, onDeleteHandle: handle() },
      handler: remove,
    }),
    deleteMany: mutationGeneric({
      args: {
        input: deletions,
        paginationOpts: paginationOptsValidator,
        onDeleteHandle: handle(),
      },
      handler: remove,
    }),
  };
}

// Which model's trigger runs depends on the argument: one of them alone is the handler itself.
function triggerHandler(triggers, event) {
  const handlers = Object.values(triggers ?? {})
    .map((ofModel) => ofModel?.[event])
    .filter((handler) => handler);
  if (handlers.length === 1) {
    return handlers[0];
  }
  return async (ctx, args) => {
    for (const handler of handlers) {
      await handler(ctx, args.newDoc ?? args.doc, args.oldDoc);
    }
  };
}

function addRoutes(http, basePath, cors) {
  const handler = httpActionGeneric(async (ctx) => {
    await ctx.runQuery(unknown("Better Auth's own queries"));
    await ctx.runMutation(unknown("Better Auth's own mutations"));
  });
  if (!http.lookup("/.well-known/openid-configuration", "GET")) {
    http.route({
      path: "/.well-known/openid-configuration",
      method: "GET",
      handler: httpActionGeneric(async () => {}),
    });
  }
  const router = cors ? corsRouter(http, { allowCredentials: true }) : http;
  router.route({ pathPrefix: `${basePath}/`, method: "GET", handler });
  router.route({ pathPrefix: `${basePath}/`, method: "POST", handler });
}

export function createClient(component, config) {
  const { adapter } = component;
  const findUser = async (ctx, id) =>
    await ctx.runQuery(adapter.findOne, { model: "user", where: [{ field: "_id", value: id }] });
  const findSession = async (ctx, id) =>
    await ctx.runQuery(adapter.findOne, { model: "session", where: [{ field: "_id", value: id }] });
  const safeGetAuthUser = async (ctx) => {
    const identity = await ctx.auth.getUserIdentity();
    await findSession(ctx, identity?.sessionId);
    return await findUser(ctx, identity?.subject);
  };
  const getAuthUser = async (ctx) => await safeGetAuthUser(ctx);
  const getHeaders = async (ctx) => {
    const identity = await ctx.auth.getUserIdentity();
    return await findSession(ctx, identity?.sessionId);
  };
  return {
    adapter: (ctx) => convexAdapter(ctx, component, config),
    getAuth: async (createAuth, ctx) => {
      const headers = await getHeaders(ctx);
      return { auth: createAuth(ctx), headers };
    },
    getHeaders,
    safeGetAuthUser,
    getAuthUser,
    getAnyUserById: findUser,
    setUserId: async (ctx, authId, userId) => {
      await ctx.runMutation(adapter.updateOne, {
        input: { model: "user", where: [{ field: "_id", value: authId }], update: { userId } },
      });
    },
    clientApi: () => ({
      getAuthUser: queryGeneric({ args: {}, handler: async (ctx) => await getAuthUser(ctx) }),
    }),
    triggersApi: () => ({
      onCreate: internalMutationGeneric({
        args: { doc: v.any(), model: v.string() },
        handler: triggerHandler(config?.triggers, "onCreate"),
      }),
      onUpdate: internalMutationGeneric({
        args: { oldDoc: v.any(), newDoc: v.any(), model: v.string() },
        handler: triggerHandler(config?.triggers, "onUpdate"),
      }),
      onDelete: internalMutationGeneric({
        args: { doc: v.any(), model: v.string() },
        handler: triggerHandler(config?.triggers, "onDelete"),
      }),
    }),
    registerRoutes: (http, createAuth, options = {}) => {
      const { basePath } = createAuth({}).options;
      addRoutes(http, basePath ?? "/api/auth", options.cors);
    },
    registerRoutesLazy: (http, _createAuth, options = {}) => {
      addRoutes(http, options.basePath ?? "/api/auth", options.cors);
    },
  };
}
