// From a functions directory to the JavaScript that Convex would evaluate.
import path from "node:path";
import {
  aliasPlugin,
  componentPlugin,
  generatedPlugin,
  optionsPlugin,
  stubPlugin,
  stubsByOutput,
} from "./plugins.mjs";

const MAX_MESSAGE = 500;

const buildMessage = (error) => {
  const first = error.errors?.[0];
  const text = first === undefined ? String(error.message ?? error) : first.text;
  const place = first?.location ? `${first.location.file}:${first.location.line}: ` : "";
  return `${place}${text}`.slice(0, MAX_MESSAGE);
};

const toPosix = (name) => name.split(path.sep).join("/");

/** The module path of an entry point: relative to the functions directory, no extension. */
const modulePathOf = (directory, file) =>
  toPosix(path.relative(directory, file)).replace(/\.[^./]+$/, "");

export class ProjectBundler {
  /**
   * @param bundler Convex's bundler, see `loadConvexBundler`
   * @param project {root, directory, nodePaths, aliases}
   */
  constructor(bundler, project) {
    this.bundler = bundler;
    this.project = project;
    this.definitions = new Map();
  }

  #plugins(extra) {
    const { directory, aliases } = this.project;
    return [
      optionsPlugin(this.project),
      this.bundler.serverOnlyPlugin,
      ...extra,
      aliasPlugin(aliases),
      generatedPlugin(directory),
      stubPlugin(),
      this.bundler.wasmPlugin,
    ];
  }

  async #build(files, platform, { splitting = true, extra = [] } = {}) {
    const { root, directory } = this.project;
    const result = await this.bundler.innerEsbuild({
      entryPoints: files,
      platform,
      dir: directory,
      extraConditions: [],
      generateSourceMaps: false,
      plugins: this.#plugins(extra),
      chunksFolder: platform === "node" ? "_deps/node" : "_deps",
      logLevel: "silent",
      splitting,
    });
    const stubs = stubsByOutput(result.metafile);
    const sources = {};
    const entries = [];
    for (const { path: absolute, text } of result.outputFiles) {
      sources[toPosix(path.relative(path.join(root, "out"), absolute))] = text;
    }
    for (const [output, { entryPoint }] of Object.entries(result.metafile.outputs)) {
      if (entryPoint === undefined) continue;
      const file = path.resolve(root, entryPoint);
      if (!files.includes(file)) continue;
      entries.push({
        modulePath: modulePathOf(directory, file),
        output: output.replace(/^out\//, ""),
        stubbed: stubs.get(output) ?? [],
      });
    }
    entries.sort((left, right) => (left.modulePath < right.modulePath ? -1 : 1));
    return { sources, entries };
  }

  /** One file on its own, as Convex bundles schema and definitions. */
  bundleSingle(file, { components = false } = {}) {
    const extra = components ? [componentPlugin(this.project.directory, this.definitions)] : [];
    return this.#build([file], "browser", { splitting: false, extra });
  }

  /**
   * All entry points of one runtime. When they cannot be bundled together, each is tried alone:
   * those that fail are reported, the others are bundled again without them.
   */
  async bundleModules(files, platform) {
    if (files.length === 0) return { sources: {}, entries: [], errors: {} };
    try {
      return { ...(await this.#build(files, platform)), errors: {} };
    } catch (error) {
      if (files.length === 1) {
        const modulePath = modulePathOf(this.project.directory, files[0]);
        return { sources: {}, entries: [], errors: { [modulePath]: buildMessage(error) } };
      }
    }
    const errors = {};
    const sound = [];
    for (const file of files) {
      try {
        await this.#build([file], platform);
        sound.push(file);
      } catch (error) {
        errors[modulePathOf(this.project.directory, file)] = buildMessage(error);
      }
    }
    try {
      if (sound.length === 0) return { sources: {}, entries: [], errors };
      return { ...(await this.#build(sound, platform)), errors };
    } catch (error) {
      for (const file of sound) {
        errors[modulePathOf(this.project.directory, file)] = buildMessage(error);
      }
      return { sources: {}, entries: [], errors };
    }
  }
}
