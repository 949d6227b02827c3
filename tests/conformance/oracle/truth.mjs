// The truth about one project: everything that Convex would learn from it at a deployment.
import { existsSync } from "node:fs";
import path from "node:path";
import { messageOf } from "./analysis.mjs";
import { ProjectBundler } from "./bundling.mjs";
import { bundlerContext } from "./convex_bundler.mjs";

const EMPTY = {
  modules: [],
  schema: null,
  functions: [],
  httpActions: [],
  stubbedExports: [],
  httpRoutes: null,
  crons: null,
  app: null,
  components: [],
  moduleErrors: {},
  stubbed: {},
  environmentReads: [],
  environmentDependent: [],
};

const firstExisting = (directory, names) =>
  names.map((name) => path.join(directory, name)).find((file) => existsSync(file));

const byKey = (object) =>
  Object.fromEntries(Object.entries(object).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)));

const moduleOf = (id) => id.slice(0, id.lastIndexOf(":"));

/**
 * Adds to `unset`, read without environment variables, the modules that load only when they are
 * set, and returns what differs between the two: it cannot be known from the source alone.
 */
function mergeEnvironments(unset, set) {
  const dependent = [];
  if (unset.errors === undefined || set.errors === undefined) return dependent;
  const failed = [unset, set].map(({ errors }) => Object.keys(errors));
  // Nothing is deployed unless all modules load, so a reading in which some do not, while they do
  // in the other, is not one that Convex could have; and our values are made up.
  if (failed[0].length === 0 && failed[1].length > 0) return dependent;
  if (failed[0].length > 0 && failed[1].length === 0) {
    Object.assign(unset, set);
    return dependent;
  }
  const recovered = failed[0].filter((name) => !failed[1].includes(name));
  for (const name of recovered) delete unset.errors[name];
  const misled = failed[1].filter((name) => !failed[0].includes(name));
  for (const key of ["functions", "httpActions", "stubbedExports"]) {
    const idOf = (entry) => entry.id ?? entry;
    const before = new Map((unset[key] ?? []).map((entry) => [idOf(entry), JSON.stringify(entry)]));
    for (const entry of set[key] ?? []) {
      const id = idOf(entry);
      if (recovered.includes(moduleOf(id))) unset[key].push(entry);
      else if (before.get(id) !== JSON.stringify(entry)) dependent.push(id);
      before.delete(id);
    }
    dependent.push(...[...before.keys()].filter((id) => !misled.includes(moduleOf(id))));
  }
  for (const [key, name] of [["httpRoutes", "http"], ["crons", "crons"]]) {
    if (recovered.includes(name)) unset[key] = set[key];
    else if (misled.includes(name)) continue;
    else if (JSON.stringify(unset[key]) !== JSON.stringify(set[key])) dependent.push(key);
  }
  return dependent;
}

class Reading {
  constructor(oracle, project) {
    this.oracle = oracle;
    this.project = project;
    this.bundler = new ProjectBundler(oracle.bundler, project);
    this.truth = structuredClone(EMPTY);
    this.reads = new Set();
  }

  #noteStubs(entries) {
    for (const { modulePath, stubbed } of entries) {
      if (stubbed.length > 0) this.truth.stubbed[modulePath] = stubbed;
    }
  }

  async #analyze(bundle, settings) {
    this.#noteStubs(bundle.entries);
    const { sources, entries } = bundle;
    const result = await this.oracle.pool.analyze({ sources, entries, ...settings });
    for (const name of result.environmentReads ?? []) this.reads.add(name);
    return result;
  }

  /** A file that is evaluated on its own; `field` of the analysis, or {error}. */
  async #single(file, analysis, field, environment) {
    try {
      const bundle = await this.bundler.bundleSingle(file, { components: analysis === "config" });
      const result = await this.#analyze(bundle, { analysis, runtime: "isolate", environment });
      return result[field] ?? { error: Object.values(result.lost)[0] };
    } catch (error) {
      return { error: messageOf(error.errors?.[0]?.text ?? error) };
    }
  }

  async #modules(files, runtime) {
    const { truth } = this;
    for (const file of files) {
      const relative = path.relative(this.project.directory, file).split(path.sep).join("/");
      truth.modules.push({ path: relative.replace(/\.[^./]+$/, ""), file: relative, runtime });
    }
    const platform = runtime === "node" ? "node" : "browser";
    const bundle = await this.bundler.bundleModules(files, platform);
    Object.assign(truth.moduleErrors, bundle.errors);
    if (bundle.entries.length === 0) return;
    const settings = { analysis: "modules", runtime, environment: "unset" };
    const result = await this.#analyze(bundle, settings);
    if ((result.environmentReads ?? []).length > 0) {
      const other = await this.#analyze(bundle, { ...settings, environment: "set" });
      truth.environmentDependent.push(...mergeEnvironments(result, other));
    }
    Object.assign(truth.moduleErrors, result.errors, result.lost);
    for (const key of ["functions", "httpActions", "stubbedExports"]) {
      truth[key].push(...(result[key] ?? []));
    }
    truth.httpRoutes ??= result.httpRoutes ?? null;
    truth.crons ??= result.crons ?? null;
  }

  async #components() {
    const { app } = this.truth;
    const prefixes = Object.entries(app?.httpMounts ?? {});
    for (const { name, path: definition, env } of app?.childComponents ?? []) {
      const mount = prefixes.find(([, mounted]) => mounted === `_reference/childComponent/${name}`);
      const component = { name, path: definition, env, httpPrefix: mount?.[0] ?? null };
      const directory = this.bundler.definitions.get(definition);
      const relative = directory && path.relative(this.project.root, directory);
      const local = relative && !relative.startsWith("..") && !relative.includes("node_modules");
      if (local) {
        component.truth = await readTruth(this.oracle, { ...this.project, directory });
      }
      this.truth.components.push(component);
    }
  }

  async read() {
    const { truth } = this;
    const { directory } = this.project;
    const { nodeFs, entryPointsByEnvironment } = this.oracle.bundler;
    const entryPoints = await entryPointsByEnvironment(bundlerContext(nodeFs), directory);
    await this.#modules(entryPoints.isolate, "isolate");
    await this.#modules(entryPoints.node, "node");
    const schema = firstExisting(directory, ["schema.ts", "schema.js"]);
    if (schema) truth.schema = await this.#single(schema, "schema", "schema", "forbidden");
    const config = firstExisting(directory, ["convex.config.ts", "convex.config.js"]);
    if (config) truth.app = await this.#single(config, "config", "app", "unset");
    await this.#components();
    const order = (left, right) => (left < right ? -1 : left > right ? 1 : 0);
    truth.modules.sort((left, right) => order(left.path, right.path));
    truth.functions.sort((left, right) => order(left.id, right.id));
    truth.httpActions.sort();
    truth.stubbedExports.sort();
    truth.moduleErrors = byKey(truth.moduleErrors);
    truth.stubbed = byKey(truth.stubbed);
    truth.environmentReads = [...this.reads].sort();
    truth.environmentDependent.sort();
    return truth;
  }
}

/** `project`: {root, directory, nodePaths, aliases}; a project that cannot be read has `error`. */
export async function readTruth(oracle, project) {
  if (!existsSync(project.directory)) {
    return { ...structuredClone(EMPTY), error: "the functions directory does not exist" };
  }
  try {
    return await new Reading(oracle, project).read();
  } catch (error) {
    return { ...structuredClone(EMPTY), error: messageOf(error) };
  }
}
