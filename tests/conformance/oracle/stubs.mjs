// What a package that is not installed looks like to the code that imports it. A stub survives
// any use, and wherever it reaches a validator, a table or a name it leaves the mark below in the
// exported JSON, so that the comparison can tell "depends on a stub" from "Convex says so".
export const STUB_MARK = "__stub__";
export const STUB_FACTORY = "convex-ssot.oracle.stub";

/** JavaScript that defines the factory inside the realm in which the modules are evaluated. */
export const STUB_REALM_SOURCE = `
(() => {
  "use strict";
  const MARK = ${JSON.stringify(STUB_MARK)};
  const REFUSED = new Set([
    "isQuery", "isMutation", "isAction", "isHttp", "isPublic", "isInternal",
    "isRouter", "isCrons", "then",
  ]);
  const known = new WeakSet();
  const make = (label) => {
    const json = { type: "stub", value: label };
    const answers = {
      __esModule: true,
      isConvexValidator: true,
      isOptional: "required",
      kind: "stub",
      json,
      toJSON: () => ({ [MARK]: label }),
      export: () => json,
      componentDefinitionPath: MARK + label,
      defaultName: MARK + label,
      [Symbol.toPrimitive]: (hint) => (hint === "number" ? NaN : MARK + label),
      [Symbol.iterator]: function* () { yield stub; },
      [Symbol.asyncIterator]: async function* () { yield stub; },
      [Symbol.toStringTag]: "Stub",
      [Symbol.hasInstance]: () => false,
    };
    const target = function () {};
    const stub = new Proxy(target, {
      get: (_, name) => {
        if (Object.hasOwn(answers, name)) return answers[name];
        if (typeof name === "symbol" || REFUSED.has(name)) return undefined;
        if (name === "prototype") return target.prototype;
        return make(label + "." + name);
      },
      has: (_, name) => typeof name === "string" && !REFUSED.has(name),
      set: () => true,
      defineProperty: () => true,
      apply: () => make(label + "()"),
      construct: () => make("new " + label),
      getPrototypeOf: () => stub,
      ownKeys: () => ["prototype", MARK],
      getOwnPropertyDescriptor: (_, name) =>
        name === "prototype"
          ? Reflect.getOwnPropertyDescriptor(target, name)
          : name === MARK
            ? { value: stub, enumerable: true, configurable: true, writable: true }
            : undefined,
    });
    known.add(stub);
    return stub;
  };
  make.isStub = (value) => {
    const kind = typeof value;
    return (kind === "function" || (kind === "object" && value !== null)) && known.has(value);
  };
  globalThis[Symbol.for(${JSON.stringify(STUB_FACTORY)})] = make;
})();
`;

/** The module that stands for an import which cannot be resolved. */
export const stubModule = (specifier) =>
  `module.exports = globalThis[Symbol.for(${JSON.stringify(STUB_FACTORY)})](` +
  `${JSON.stringify(specifier)});`;
