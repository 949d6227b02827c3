// Where a project keeps its functions and where its packages are found.
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

const SKIPPED = new Set(["node_modules", ".git", "dist", "build", ".next"]);
const MAX_DEPTH = 6;

const readJson = (file) => {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch {
    return undefined;
  }
};

/** Convex's rule: `functions` of convex.json, else src/convex with react-scripts, else convex. */
export function functionsDirectoryOf(root) {
  const config = readJson(path.join(root, "convex.json"));
  if (config !== undefined) return config.functions ?? "convex";
  const manifest = readJson(path.join(root, "package.json")) ?? {};
  const all = { ...manifest.dependencies, ...manifest.devDependencies };
  return "react-scripts" in all ? "src/convex" : "convex";
}

const workspacePatterns = (root) => {
  const { workspaces } = readJson(path.join(root, "package.json")) ?? {};
  const patterns = [...(Array.isArray(workspaces) ? workspaces : (workspaces?.packages ?? []))];
  const pnpm = path.join(root, "pnpm-workspace.yaml");
  if (existsSync(pnpm)) {
    const listed = /^packages:[ \t]*\n((?:[ \t]*(?:-.*|#.*)?\n?)*)/m.exec(readFileSync(pnpm, "utf8"));
    for (const [, pattern] of (listed?.[1] ?? "").matchAll(/^\s*-\s*["']?([^"'#\s]+)/gm)) {
      patterns.push(pattern);
    }
  }
  return patterns.map((pattern) => pattern.replace(/^\.\//, "").replace(/\/$/, ""));
};

const toRegExp = (pattern) =>
  new RegExp(
    `^${pattern
      .split("/")
      .map((part) => (part === "**" ? ".*" : part.replace(/[.+?^${}()|[\]\\]/g, "\\$&").replaceAll("*", "[^/]*")))
      .join("/")}$`,
  );

function* packageDirectories(root, relative = "", depth = 0) {
  if (depth > MAX_DEPTH) return;
  for (const entry of readdirSync(path.join(root, relative), { withFileTypes: true })) {
    if (!entry.isDirectory() || SKIPPED.has(entry.name)) continue;
    const child = relative === "" ? entry.name : `${relative}/${entry.name}`;
    if (existsSync(path.join(root, child, "package.json"))) yield child;
    yield* packageDirectories(root, child, depth + 1);
  }
}

/**
 * A directory laid out like node_modules with the workspace's own packages, which a checkout
 * lacks until a package manager has linked them; undefined when the root declares no workspace.
 */
export function linkWorkspace(root, temporary) {
  const patterns = workspacePatterns(root);
  if (patterns.length === 0) return undefined;
  const included = patterns.filter((pattern) => !pattern.startsWith("!")).map(toRegExp);
  const excluded = patterns
    .filter((pattern) => pattern.startsWith("!"))
    .map((pattern) => toRegExp(pattern.slice(1)));
  const target = mkdtempSync(path.join(temporary, "workspace-"));
  for (const relative of packageDirectories(root)) {
    if (!included.some((each) => each.test(relative))) continue;
    if (excluded.some((each) => each.test(relative))) continue;
    const { name } = readJson(path.join(root, relative, "package.json")) ?? {};
    const link = typeof name === "string" && name !== "" ? path.join(target, name) : undefined;
    if (link === undefined || !link.startsWith(target) || existsSync(link)) continue;
    mkdirSync(path.dirname(link), { recursive: true });
    symlinkSync(path.join(root, relative), link);
  }
  return target;
}

/** Zod's two major versions export different classes: follow what the project declares. */
export function packageAliases(root, directory) {
  for (let current = directory; ; current = path.dirname(current)) {
    if (existsSync(path.join(current, "node_modules", "zod"))) return {};
    const manifest = readJson(path.join(current, "package.json")) ?? {};
    const range = { ...manifest.devDependencies, ...manifest.dependencies }.zod;
    if (typeof range === "string") return /^[\^~>=v\s]*3\b/.test(range) ? { zod: "zod3" } : {};
    if (current === root || path.dirname(current) === current) return {};
  }
}

export const temporaryDirectory = () => mkdtempSync(path.join(tmpdir(), "convex-oracle-"));
