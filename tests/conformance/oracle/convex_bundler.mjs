// Convex's own bundler, taken from the sources that the `convex` package ships: discovery of the
// entry points, the choice of the runtime and the esbuild options are therefore not a rewrite
// that could share a mistake with the reader under test.
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { fileURLToPath } from "node:url";

const HERE = path.dirname(fileURLToPath(import.meta.url));
export const SUITE_DIRECTORY = path.dirname(HERE);
export const SUITE_NODE_MODULES = path.join(SUITE_DIRECTORY, "node_modules");

const INSTALL = `npm ci --ignore-scripts --prefix ${SUITE_DIRECTORY}`;
const ESBUILD_GLOBAL = "convex-ssot.oracle.esbuild";

const ENTRY = `
export { entryPointsByEnvironment, nodeFs } from "./src/bundler/index.ts";
export { innerEsbuild } from "./src/bundler/debugBundle.ts";
export { wasmPlugin } from "./src/bundler/wasm.ts";
export { serverOnlyPlugin } from "./src/bundler/serverOnly.ts";
`;

// Logging, telemetry and the rest of the command line are not part of the rules: whatever is
// imported from them becomes a value on which any property can be read and called.
const INERT = `
const inert = new Proxy(function () {}, {
  get: (_, name) => (name === "__esModule" ? true : name === Symbol.toPrimitive ? () => "" : inert),
  apply: () => inert,
  getPrototypeOf: () => inert,
});
module.exports = inert;
`;

function requireInstalled(name) {
  // From the place of the convex package: its esbuild is the one that bundles deployments.
  const suiteRequire = createRequire(path.join(SUITE_NODE_MODULES, "convex", "package.json"));
  try {
    return suiteRequire(name);
  } catch (error) {
    throw new Error(`${name} cannot be loaded (${error.message}); install it with: ${INSTALL}`);
  }
}

const isInert = (specifier, importer) =>
  /(^|\/)(cli|log|external)(\/|\.js$)/.test(specifier) ||
  (!specifier.startsWith(".") && !path.isAbsolute(specifier) && importer.includes("convex"));

const bundlerDependencies = {
  name: "bundler-dependencies",
  setup(build) {
    build.onResolve({ filter: /^esbuild$/ }, () => ({ path: "esbuild", namespace: "loaded" }));
    build.onLoad({ filter: /.*/, namespace: "loaded" }, () => ({
      contents: `module.exports = globalThis[Symbol.for(${JSON.stringify(ESBUILD_GLOBAL)})];`,
    }));
    build.onResolve({ filter: /^@babel\/parser$/ }, () => ({
      path: path.join(SUITE_NODE_MODULES, "@babel/parser/lib/index.js"),
    }));
    build.onResolve({ filter: /.*/ }, ({ path: specifier, importer, kind }) => {
      if (kind === "entry-point" || importer.includes("@babel")) return undefined;
      if (/^(node:)?(path|fs|fs\/promises|os|crypto|stream|util)$/.test(specifier)) {
        return undefined;
      }
      return isInert(specifier, importer) ? { path: specifier, namespace: "inert" } : undefined;
    });
    build.onLoad({ filter: /.*/, namespace: "inert" }, () => ({ contents: INERT }));
  },
};

/** Loads the bundler once; every caller shares it and the esbuild it runs on. */
export async function loadConvexBundler() {
  const convexDirectory = path.join(SUITE_NODE_MODULES, "convex");
  if (!existsSync(path.join(convexDirectory, "src", "bundler", "index.ts"))) {
    throw new Error(`the packages of the suite are not installed; run: ${INSTALL}`);
  }
  const esbuild = requireInstalled("esbuild");
  globalThis[Symbol.for(ESBUILD_GLOBAL)] = esbuild;
  const result = await esbuild.build({
    stdin: { contents: ENTRY, resolveDir: convexDirectory, loader: "ts" },
    bundle: true,
    write: false,
    format: "esm",
    platform: "node",
    logLevel: "silent",
    plugins: [bundlerDependencies],
  });
  const source = Buffer.from(result.outputFiles[0].contents).toString("base64");
  const bundler = await import(`data:text/javascript;base64,${source}`);
  return { ...bundler, esbuild, version: requireInstalled("convex/package.json").version };
}

/** The part of the command line's context that discovery asks for. */
export function bundlerContext(nodeFs) {
  return {
    fs: nodeFs,
    crash: async ({ printedMessage }) => {
      throw new Error(printedMessage ?? "the bundler gave up");
    },
  };
}
