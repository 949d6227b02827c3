// The child process in which bundles are evaluated. It is started with node's permission model,
// so that code of a package can neither write, nor start a program, nor reach a native addon; each
// request gets a fresh realm that has the globals of Convex's runtime and no others.
import { builtinModules } from "node:module";
import vm from "node:vm";
import { analyzeConfig, analyzeModules, analyzeSchema } from "./analysis.mjs";
import { STUB_FACTORY, STUB_REALM_SOURCE } from "./stubs.mjs";

const EVALUATION_TIMEOUT = Number(process.env.ORACLE_TIMEOUT ?? 10_000);

const WEB_GLOBALS = [
  "AbortController", "AbortSignal", "Blob", "ByteLengthQueuingStrategy", "CompressionStream",
  "CountQueuingStrategy", "CryptoKey", "DOMException", "DecompressionStream", "Event",
  "EventTarget", "File", "FormData", "Headers", "MessageChannel", "MessagePort",
  "ReadableByteStreamController", "ReadableStream", "ReadableStreamBYOBReader",
  "ReadableStreamDefaultController", "ReadableStreamDefaultReader", "Request", "Response",
  "SubtleCrypto", "TextDecoder", "TextDecoderStream", "TextEncoder", "TextEncoderStream",
  "TransformStream", "TransformStreamDefaultController", "URL", "URLSearchParams",
  "WritableStream", "WritableStreamDefaultController", "WritableStreamDefaultWriter",
  "atob", "btoa", "crypto", "performance", "queueMicrotask", "structuredClone",
];

// Modules of node that compute; the others (files, network, processes) are stubs here.
const PURE_BUILTINS = new Set([
  "assert", "assert/strict", "async_hooks", "buffer", "constants", "crypto", "events", "path",
  "path/posix", "punycode", "querystring", "stream", "stream/promises", "stream/web",
  "string_decoder", "timers", "timers/promises", "url", "util", "util/types", "zlib",
]);

const silence = new Proxy(() => undefined, { get: () => () => undefined });

const refuse = (name) => () => {
  throw new Error(`${name} unsupported at import time`);
};

/** `process.env` of a deployment where no variable, or every variable, is set. */
function environmentProxy(policy, reads) {
  const read = (name) => {
    if (typeof name !== "string") return undefined;
    if (policy === "forbidden") {
      throw new Error("Environment variables unsupported when evaluating schema");
    }
    reads.add(name);
    return policy === "set" ? `https://environment.invalid/${name}` : undefined;
  };
  return new Proxy(
    {},
    { get: (_, name) => read(name), has: (_, name) => read(name) !== undefined, set: () => true },
  );
}

function createRealm({ runtime, environment }, reads) {
  const context = vm.createContext({});
  const realm = vm.runInContext("globalThis", context);
  for (const name of WEB_GLOBALS) {
    if (name in globalThis) realm[name] = globalThis[name];
  }
  const env = environmentProxy(environment, reads);
  realm.self = realm;
  realm.console = silence;
  realm.AsyncLocalStorage = process.getBuiltinModule?.("async_hooks")?.AsyncLocalStorage;
  realm.fetch = refuse("fetch");
  // Packages tell Convex's runtime from a browser by this global; nothing may call it at load.
  realm.Convex = {
    syscall: refuse("Convex.syscall"),
    asyncSyscall: refuse("Convex.asyncSyscall"),
    jsSyscall: refuse("Convex.jsSyscall"),
  };
  vm.runInContext(STUB_REALM_SOURCE, context);
  if (runtime === "node") {
    const { Buffer, setImmediate, clearImmediate } = globalThis;
    Object.assign(realm, { Buffer, setImmediate, clearImmediate, global: realm });
    realm.setTimeout = (...args) => setTimeout(...args).unref();
    realm.setInterval = (...args) => setInterval(...args).unref();
    Object.assign(realm, { clearTimeout, clearInterval });
    const { arch, argv, platform, release, version, versions } = process;
    Object.assign(realm, {
      process: new Proxy(
        { arch, argv: argv.slice(0, 1), env, platform, release, version, versions, pid: 1 },
        {
          get: (target, name) =>
            name in target ? target[name] : name === "cwd" ? () => "/" : silence,
        },
      ),
    });
  } else {
    realm.setTimeout = refuse("setTimeout");
    realm.setInterval = refuse("setInterval");
    realm.clearTimeout = realm.clearInterval = () => undefined;
    realm.process = { env };
  }
  return { context, realm, stub: realm[Symbol.for(STUB_FACTORY)] };
}

class ModuleLoader {
  constructor(sources, { context, realm, stub }) {
    this.sources = sources;
    this.context = context;
    this.stub = stub;
    this.modules = new Map();
    // Bundled CommonJS code asks for node's modules at run time.
    if ("Buffer" in realm) realm.require = (name) => this.builtinSync(name);
  }

  builtinSync(specifier) {
    const name = specifier.replace(/^node:/, "");
    return this.loaded?.get(name) ?? this.stub(specifier);
  }

  async builtin(specifier) {
    const name = specifier.replace(/^node:/, "");
    const key = `node:${name}`;
    if (this.modules.has(key)) return this.modules.get(key);
    const pure = PURE_BUILTINS.has(name);
    const value = pure ? await import(key) : undefined;
    const known = builtinModules.includes(name) ? await import(key) : {};
    const names = Object.keys(known).includes("default")
      ? Object.keys(known)
      : [...Object.keys(known), "default"];
    const stub = this.stub(specifier);
    const module = new vm.SyntheticModule(
      names,
      () => {
        for (const each of names) {
          module.setExport(each, pure ? value[each] : each === "default" ? stub : stub[each]);
        }
      },
      { context: this.context, identifier: key },
    );
    this.modules.set(key, module);
    return module;
  }

  source(name) {
    let module = this.modules.get(name);
    if (module === undefined) {
      module = new vm.SourceTextModule(this.sources[name], {
        context: this.context,
        identifier: name,
        initializeImportMeta: (meta) => {
          meta.url = `file:///convex/${name}`;
        },
        importModuleDynamically: async (specifier, referrer) => {
          const imported = await this.resolve(specifier, referrer);
          await this.evaluate(imported);
          return imported;
        },
      });
      this.modules.set(name, module);
    }
    return module;
  }

  resolve(specifier, referrer) {
    if (!specifier.startsWith(".")) return this.builtin(specifier);
    const name = new URL(specifier, `file:///${referrer.identifier}`).pathname.slice(1);
    if (!(name in this.sources)) throw new Error(`no such module in the bundle: ${name}`);
    return this.source(name);
  }

  async evaluate(module) {
    if (module.status === "unlinked") {
      await module.link(async (specifier, referrer) => {
        const imported = await this.resolve(specifier, referrer);
        if (imported.status === "errored") throw imported.error;
        return imported;
      });
    }
    if (module.status === "errored") throw module.error;
    let timer;
    const limit = new Promise((_, reject) => {
      timer = setTimeout(
        () => reject(new Error("the module never finished loading")),
        EVALUATION_TIMEOUT,
      );
    });
    try {
      await Promise.race([module.evaluate({ timeout: EVALUATION_TIMEOUT }), limit]);
    } finally {
      clearTimeout(timer);
    }
    return module.namespace;
  }
}

async function preloadBuiltins() {
  const loaded = new Map();
  for (const name of PURE_BUILTINS) {
    if (!builtinModules.includes(name)) continue;
    loaded.set(name, (await import(`node:${name}`)).default);
  }
  return loaded;
}

const ANALYSES = { schema: analyzeSchema, modules: analyzeModules, config: analyzeConfig };

async function answer(request, builtins) {
  const reads = new Set();
  const realm = createRealm(request, reads);
  const loader = new ModuleLoader(request.sources, realm);
  loader.loaded = builtins;
  const result = await ANALYSES[request.analysis]({
    entries: request.entries,
    runtime: request.runtime,
    isStub: realm.stub.isStub,
    load: (entry) => loader.evaluate(loader.source(entry.output)),
    started: (entry) => process.send({ id: request.id, started: entry.modulePath }),
  });
  return { ...result, environmentReads: [...reads].sort() };
}

// A rejected promise that nobody waits for belongs to the evaluated code, not to the oracle.
process.on("unhandledRejection", () => undefined);
process.on("uncaughtException", () => undefined);

const builtins = await preloadBuiltins();
let queue = Promise.resolve();
process.on("message", (request) => {
  queue = queue.then(async () => {
    try {
      process.send({ id: request.id, result: await answer(request, builtins) });
    } catch (error) {
      process.send({ id: request.id, error: String(error?.message ?? error) });
    }
  });
});
process.send({ ready: true });
