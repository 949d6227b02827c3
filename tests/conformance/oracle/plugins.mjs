// esbuild plugins that let a checkout without `node_modules` and without generated files be
// bundled as it would be on a developer's machine.
import { existsSync } from "node:fs";
import { builtinModules } from "node:module";
import path from "node:path";
import { stubModule } from "./stubs.mjs";

const STUB = "oracle-stub";
const GENERATED = "oracle-generated";
const DEFINITION = "oracle-component";
const INTERNAL = Symbol("resolved by the oracle itself");

const BUILTINS = new Set(builtinModules.map((name) => name.replace(/^node:/, "")));
export const isBuiltin = (specifier) => BUILTINS.has(specifier.replace(/^node:/, ""));

const GENERATED_MODULE = /(?:^|\/)_generated\/(server|api|dataModel|component)(?:\.(?:js|ts))?$/;

// What `convex codegen` writes, reduced to the values.
const GENERATED_SOURCES = {
  server: `
    export {
      queryGeneric as query, internalQueryGeneric as internalQuery,
      mutationGeneric as mutation, internalMutationGeneric as internalMutation,
      actionGeneric as action, internalActionGeneric as internalAction,
      httpActionGeneric as httpAction,
    } from "convex/server";
    export const env = globalThis.process.env;
  `,
  api: `
    import { anyApi, componentsGeneric } from "convex/server";
    export const api = anyApi;
    export const internal = anyApi;
    export const components = componentsGeneric();
  `,
  dataModel: "export {};",
  component: "export {};",
};

const resolveNormally = (build, specifier, args) =>
  build.resolve(specifier, {
    importer: args.importer,
    namespace: args.namespace === "file" ? "file" : "",
    resolveDir: args.resolveDir,
    kind: args.kind,
    pluginData: INTERNAL,
  });

const packageOf = (specifier) =>
  specifier
    .split("/")
    .slice(0, specifier.startsWith("@") ? 2 : 1)
    .join("/");

/** Settings that Convex's build function has no argument for. */
export function optionsPlugin({ root, nodePaths }) {
  return {
    name: "oracle-options",
    setup(build) {
      build.initialOptions.absWorkingDir = root;
      build.initialOptions.nodePaths = nodePaths;
      build.initialOptions.logLimit = 0;
    },
  };
}

/** Sends every import of one package to another one, such as zod to an installed zod 3. */
export function aliasPlugin(aliases) {
  return {
    name: "oracle-aliases",
    setup(build) {
      build.onResolve({ filter: /^[^./]/ }, (args) => {
        const replacement = aliases[packageOf(args.path)];
        if (replacement === undefined || args.pluginData === INTERNAL) return undefined;
        const specifier = replacement + args.path.slice(packageOf(args.path).length);
        return resolveNormally(build, specifier, args);
      });
    },
  };
}

/** Supplies `_generated/*` where the checkout has none (it is often not committed). */
export function generatedPlugin(resolveDir) {
  return {
    name: "oracle-generated",
    setup(build) {
      build.onResolve({ filter: GENERATED_MODULE }, async (args) => {
        if (args.pluginData === INTERNAL) return undefined;
        const found = await resolveNormally(build, args.path, args);
        if (found.errors.length === 0) return found;
        return { path: GENERATED_MODULE.exec(args.path)[1], namespace: GENERATED };
      });
      build.onLoad({ filter: /.*/, namespace: GENERATED }, (args) => ({
        contents: GENERATED_SOURCES[args.path],
        resolveDir,
      }));
    },
  };
}

/** Replaces what cannot be resolved or loaded by a stub that the bundle's metadata names. */
export function stubPlugin() {
  return {
    name: "oracle-stubs",
    setup(build) {
      build.onResolve({ filter: /.*/ }, async (args) => {
        if (args.pluginData === INTERNAL || args.kind === "entry-point") return undefined;
        // A published package's own files are there; asking again would only cost time.
        if (args.path.startsWith(".") && args.importer.includes("/node_modules/")) {
          return undefined;
        }
        const found = await resolveNormally(build, args.path, args);
        if (found.errors.length > 0) return { path: args.path, namespace: STUB };
        // A plain file is left to esbuild: only what it resolves itself keeps the settings of the
        // nearest tsconfig. So is a module that the package's "browser" field switches off.
        return found.external || !["file", ""].includes(found.namespace) ? found : undefined;
      });
      build.onLoad({ filter: /\.node$/ }, (args) => ({
        contents: stubModule(path.basename(args.path)),
      }));
      build.onLoad({ filter: /.*/, namespace: STUB }, (args) => ({
        contents: stubModule(args.path),
      }));
    },
  };
}

const definitionName = (directory, resolved) =>
  path.relative(directory, path.dirname(resolved)).split(path.sep).join("/");

/**
 * Imports of a component's definition become what the backend hands to an app: the path of the
 * component and its own name. `found` collects path -> directory of every definition met.
 */
export function componentPlugin(directory, found) {
  return {
    name: "oracle-components",
    setup(build) {
      build.onResolve({ filter: /convex\.config/ }, async (args) => {
        if (args.pluginData === INTERNAL || args.kind === "entry-point") return undefined;
        if (args.namespace === DEFINITION) return { path: args.path };
        const candidates = [args.path];
        if (args.path.endsWith(".js")) candidates.push(args.path.replace(/\.js$/, ".ts"));
        if (!/\.[jt]s$/.test(args.path)) candidates.push(`${args.path}.js`, `${args.path}.ts`);
        for (const candidate of candidates) {
          const resolved = await resolveNormally(build, candidate, args);
          if (resolved.errors.length === 0 && existsSync(resolved.path)) {
            return { path: resolved.path, namespace: DEFINITION };
          }
        }
        return undefined;
      });
      build.onLoad({ filter: /.*/, namespace: DEFINITION }, (args) => {
        const name = definitionName(directory, args.path);
        found.set(name, path.dirname(args.path));
        return {
          contents: `
            import definition from ${JSON.stringify(args.path)};
            export default {
              componentDefinitionPath: ${JSON.stringify(name)},
              defaultName: definition._name,
            };`,
          resolveDir: path.dirname(args.path),
        };
      });
    },
  };
}

const stubName = (input) =>
  input.startsWith(`${STUB}:`)
    ? input.slice(STUB.length + 1)
    : input.endsWith(".node")
      ? path.basename(input)
      : undefined;

/** Output file -> sorted names of the stubs it or anything it imports depends on. */
export function stubsByOutput(metafile) {
  const outputs = metafile.outputs;
  const collect = (name, names, visited) => {
    if (visited.has(name) || outputs[name] === undefined) return names;
    visited.add(name);
    for (const input of Object.keys(outputs[name].inputs)) {
      const stub = stubName(input);
      if (stub !== undefined) names.add(stub);
    }
    for (const imported of outputs[name].imports) collect(imported.path, names, visited);
    return names;
  };
  return new Map(
    Object.keys(outputs).map((name) => [name, [...collect(name, new Set(), new Set())].sort()]),
  );
}
