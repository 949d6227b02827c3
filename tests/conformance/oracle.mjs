// The judge of the conformance suite: what Convex itself says about a project.
//
//   node oracle.mjs [options] JOBS.json | -      jobs: [{"name", "root", "functionsDir"?}, ...]
//   node oracle.mjs [options] --root DIR [--functions-dir DIR]
//
// Options: --node-path DIR (repeatable) where packages are looked up when the project has none
// installed, --timeout MS for loading one module, --concurrency N, --output FILE instead of stdout.
// Prints one JSON object: job name -> truth.
import { readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";
import { loadConvexBundler, SUITE_NODE_MODULES } from "./oracle/convex_bundler.mjs";
import { EvaluationPool } from "./oracle/evaluation_pool.mjs";
import {
  functionsDirectoryOf,
  linkWorkspace,
  packageAliases,
  temporaryDirectory,
} from "./oracle/project.mjs";
import { readTruth } from "./oracle/truth.mjs";

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    root: { type: "string" },
    "functions-dir": { type: "string" },
    "node-path": { type: "string", multiple: true, default: [] },
    timeout: { type: "string", default: "10000" },
    concurrency: { type: "string", default: "2" },
    output: { type: "string" },
  },
});

function readJobs() {
  if (options.root !== undefined) {
    return [{ name: "project", root: options.root, functionsDir: options["functions-dir"] }];
  }
  const source = positionals[0] ?? "-";
  return JSON.parse(source.startsWith("[") ? source : readFileSync(source === "-" ? 0 : source));
}

async function runAll(jobs, worker, concurrency) {
  const pending = jobs.values();
  const lane = async () => {
    for (const job of pending) await worker(job);
  };
  await Promise.all(Array.from({ length: concurrency }, lane));
}

async function main() {
  const jobs = readJobs();
  const bundler = await loadConvexBundler();
  const size = Number(options.concurrency);
  const pool = new EvaluationPool({ size, timeout: Number(options.timeout) });
  const temporary = temporaryDirectory();
  const nodePaths = [...options["node-path"].map((name) => path.resolve(name)), SUITE_NODE_MODULES];
  const workspaces = new Map();
  const truths = {};
  const read = async (job) => {
    const root = realpathSync(job.root);
    if (!workspaces.has(root)) workspaces.set(root, linkWorkspace(root, temporary));
    const workspace = workspaces.get(root);
    const directory = path.resolve(root, job.functionsDir ?? functionsDirectoryOf(root));
    truths[job.name] = await readTruth(
      { bundler, pool },
      {
        root,
        directory,
        nodePaths: workspace === undefined ? nodePaths : [workspace, ...nodePaths],
        aliases: packageAliases(root, directory),
      },
    );
  };
  try {
    await runAll(jobs, read, size);
  } finally {
    pool.stop();
    rmSync(temporary, { recursive: true, force: true });
  }
  const ordered = Object.fromEntries(jobs.map(({ name }) => [name, truths[name]]));
  const text = `${JSON.stringify(ordered)}\n`;
  if (options.output === undefined) writeFileSync(1, text);
  else writeFileSync(options.output, text);
}

try {
  await main();
  process.exit(0);
} catch (error) {
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
}
