// What Convex's backend reads from evaluated modules, rule for rule.

const MAX_MESSAGE = 500;
export const messageOf = (error) => {
  try {
    return String(error?.message ?? error).slice(0, MAX_MESSAGE);
  } catch {
    return "an error that cannot be printed";
  }
};

const isObject = (value) =>
  (typeof value === "object" && value !== null) || typeof value === "function";

const KINDS = [
  ["isQuery", "query", "invokeQuery"],
  ["isMutation", "mutation", "invokeMutation"],
  ["isAction", "action", "invokeAction"],
];

/** The isolate asks for the property, wherever it is inherited from; all three exclude others. */
function isolateKind(value) {
  const kinds = KINDS.filter(([mark]) => mark in value);
  return kinds.length === 1 ? kinds[0][1] : undefined;
}

/** The node runtime asks for own properties and for the matching entry point of the runtime. */
function nodeKind(value) {
  const order = [KINDS[2], KINDS[0], KINDS[1]];
  return order.find(
    ([mark, , invoke]) => Object.hasOwn(value, mark) && Object.hasOwn(value, invoke),
  )?.[1];
}

function visibilityOf(value) {
  const isPublic = "isPublic" in value;
  const isInternal = "isInternal" in value;
  if (isPublic && isInternal) return undefined;
  return isInternal ? "internal" : "public";
}

const exported = (value, method, absent) =>
  value[method] === undefined ? absent : JSON.parse(value[method]());

function analyzeFunctions(modulePath, namespace, { runtime, isStub }) {
  const found = { functions: [], httpActions: [], stubbedExports: [] };
  for (const name of Object.keys(namespace)) {
    const value = namespace[name];
    const id = `${modulePath}:${name}`;
    if (!isObject(value)) continue;
    if (isStub(value)) {
      found.stubbedExports.push(id);
      continue;
    }
    if ("isHttp" in value) found.httpActions.push(id);
    const kind = runtime === "node" ? nodeKind(value) : isolateKind(value);
    const visibility = kind === undefined ? undefined : visibilityOf(value);
    if (visibility === undefined) continue;
    const entry = { id, kind, visibility, runtime };
    try {
      entry.args = exported(value, "exportArgs", { type: "any" });
      entry.returns = exported(value, "exportReturns", null);
    } catch (error) {
      entry.error = messageOf(error);
    }
    found.functions.push(entry);
  }
  return found;
}

function analyzeRouter(namespace, isStub) {
  if (!("default" in namespace)) return { error: "http has no default export" };
  const router = namespace.default;
  if (isStub(router)) return { stubbed: true };
  if (!isObject(router) || router.isRouter !== true) {
    return { error: "the default export of http is not a router" };
  }
  return router.getRoutes().map(([path, method]) => ({ method, path }));
}

function analyzeCrons(namespace, isStub) {
  if (!("default" in namespace)) return { error: "crons has no default export" };
  const crons = namespace.default;
  if (isStub(crons)) return { stubbed: true };
  if (!isObject(crons) || crons.isCrons !== true) {
    return { error: "the default export of crons is not a Crons object" };
  }
  return JSON.parse(crons.export());
}

/** All modules of one runtime, in the order and in the single realm that the backend uses. */
export async function analyzeModules({ entries, runtime, isStub, load, started }) {
  const result = {
    functions: [],
    httpActions: [],
    stubbedExports: [],
    httpRoutes: null,
    crons: null,
    errors: {},
  };
  for (const entry of entries) {
    const { modulePath } = entry;
    started(entry);
    try {
      const namespace = await load(entry);
      const found = analyzeFunctions(modulePath, namespace, { runtime, isStub });
      for (const key of Object.keys(found)) result[key].push(...found[key]);
      if (modulePath === "http") result.httpRoutes = analyzeRouter(namespace, isStub);
      if (modulePath === "crons") result.crons = analyzeCrons(namespace, isStub);
    } catch (error) {
      result.errors[modulePath] = messageOf(error);
    }
  }
  return result;
}

export async function analyzeSchema({ entries, isStub, load, started }) {
  started(entries[0]);
  try {
    const schema = (await load(entries[0])).default;
    if (schema === undefined || schema === null) {
      return { schema: { error: "schema has no default export" } };
    }
    if (isStub(schema)) return { schema: { stubbed: true } };
    return { schema: JSON.parse(schema.export()) };
  } catch (error) {
    return { schema: { error: messageOf(error) } };
  }
}

export async function analyzeConfig({ entries, isStub, load, started }) {
  started(entries[0]);
  try {
    const namespace = await load(entries[0]);
    const definition = namespace.default;
    if (!isObject(definition)) return { app: { error: "convex.config has no default export" } };
    if (isStub(definition)) return { app: { stubbed: true } };
    if (Object.keys(namespace).length !== 1) {
      return { app: { error: "convex.config has more than one export" } };
    }
    return { app: JSON.parse(JSON.stringify(definition.export())) };
  } catch (error) {
    return { app: { error: messageOf(error) } };
  }
}
