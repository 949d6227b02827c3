// Models: fluent-convex. Checked against: 0.12.3.
// Left out: running middleware; as "ssot:before" it goes to the function with the user's handler.
//   `extend` takes a class to be one only where it extends a builder of this package.

import {
  actionGeneric,
  internalActionGeneric,
  internalMutationGeneric,
  internalQueryGeneric,
  mutationGeneric,
  queryGeneric,
} from "convex/server";

const REGISTER = {
  public: { query: queryGeneric, mutation: mutationGeneric, action: actionGeneric },
  internal: {
    query: internalQueryGeneric,
    mutation: internalMutationGeneric,
    action: internalActionGeneric,
  },
};

const createMiddleware = (middleware) => middleware;

function extend(builder, extension) {
  const { prototype } = extension;
  const isClass =
    prototype instanceof ConvexBuilderWithFunctionKind || prototype instanceof ConvexBuilder;
  return isClass ? new extension(builder) : extension(builder);
}

class Base {
  constructor(def) {
    this.def = def;
  }

  extend(extension) {
    return extend(this, extension);
  }

  createMiddleware(middleware) {
    return middleware;
  }

  $context() {
    return { createMiddleware };
  }
}

export class ConvexBuilder extends Base {
  query() {
    return new ConvexBuilderWithFunctionKind({ ...this.def, functionType: "query" });
  }

  mutation() {
    return new ConvexBuilderWithFunctionKind({ ...this.def, functionType: "mutation" });
  }

  action() {
    return new ConvexBuilderWithFunctionKind({ ...this.def, functionType: "action" });
  }
}

export class ConvexBuilderWithFunctionKind extends Base {
  // Overridden by extensions, which are to stay what they are along the chain.
  _clone(def) {
    return new ConvexBuilderWithFunctionKind(def);
  }

  use(middleware) {
    return this._clone({ ...this.def, middlewares: [...this.def.middlewares, middleware] });
  }

  input(argsValidator) {
    return this._clone({ ...this.def, argsValidator });
  }

  returns(returnsValidator) {
    return this._clone({ ...this.def, returnsValidator });
  }

  handler(handler) {
    return withHandler({ ...this.def, handler });
  }
}

function register(visibility, def) {
  if (!def.functionType) throw new Error("Call .query(), .mutation() or .action() first.");
  const definition = {
    args: def.argsValidator || {},
    handler: def.handler,
    "ssot:before": def.middlewares,
  };
  if (def.returnsValidator) definition.returns = def.returnsValidator;
  return REGISTER[visibility][def.functionType](definition);
}

// Until it is registered, the chain is a plain function that other handlers may call.
function withHandler(def) {
  const callable = (ctx, args) => def.handler(ctx, args);
  callable.def = def;
  callable.use = (middleware) =>
    withHandler({ ...def, middlewares: [...def.middlewares, middleware] });
  callable.extend = (extension) => extend(callable, extension);
  callable.public = () => register("public", def);
  callable.internal = () => register("internal", def);
  return callable;
}

export function ConvexBuilderWithHandler(def) {
  return withHandler(def);
}

export const createBuilder = () => new ConvexBuilder({ middlewares: [] });
