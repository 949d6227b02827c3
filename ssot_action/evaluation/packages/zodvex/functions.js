// Models: zodvex's builders of functions. Checked against: 0.3.2 and 0.7.7.
// Left out: parsing and encoding; the handler stays the user's own. The schemas that codegen reads
//   from registered functions.

import { runsBefore } from "convex-helpers/server/customFunctions";
import { z } from "zod";
import { innerOf, typeOf } from "./schemas.js";

const asSchema = (value) => (value instanceof z.ZodType ? value : z.object(value));

function containsCustom(schema) {
  switch (typeOf(schema)) {
    case "custom":
      return true;
    case "union":
      return schema._zod.def.options.some(containsCustom);
    case "optional":
    case "nullable":
    case "default":
      return containsCustom(innerOf(schema));
    default:
      return false;
  }
}

function containsDate(schema) {
  const def = schema._zod.def;
  switch (def.type) {
    case "date":
      return true;
    case "optional":
    case "nullable":
    case "default":
      return containsDate(def.innerType);
    case "object":
      return Object.values(def.shape).some(containsDate);
    case "array":
      return containsDate(def.element);
    case "union":
      return def.options.some(containsDate);
    case "record":
      return containsDate(def.valueType);
    case "tuple":
      return def.items.some(containsDate);
    default:
      return false;
  }
}

/** Since 0.4 a native date is refused, as no value could pass. */
export function refuseDates(schema) {
  if (containsDate(schema)) throw new Error("Native z.date() found; use zx.date() instead.");
}

/** The builders over one mapping; `check` sees every schema of arguments and results. */
export function functionBuilders({ zodToConvex, zodToConvexFields }, check) {
  const customFnBuilder = (builder, customization) => {
    const given = customization.args ?? {};
    const values = Object.values(given);
    const isZod = values.length > 0 && values.every((value) => value instanceof z.ZodType);
    const addedArgs = isZod ? zodToConvexFields(given) : given;
    return (definition) => {
      const { args, handler = definition, returns, ...extra } = definition;
      const isSkipped = definition.skipConvexValidation ?? false;
      if (returns) check(asSchema(returns));
      if (args) check(asSchema(args));
      if (args instanceof z.ZodType && !(args instanceof z.ZodObject)) {
        throw new Error("Unsupported non-object Zod schema for args");
      }
      return builder({
        // No branch around the call: with unknown arguments all else is still known.
        args: args && !isSkipped ? { ...zodToConvexFields(args), ...addedArgs } : addedArgs,
        returns: returns && !isSkipped ? zodToConvex(asSchema(returns)) : undefined,
        handler,
        ...runsBefore(customization, extra),
      });
    };
  };

  const plainBuilder = (builder) => (config) => {
    const given = config.args ?? {};
    const isOther = given instanceof z.ZodType && !(given instanceof z.ZodObject);
    const args = isOther ? { value: given } : given;
    check(asSchema(args));
    if (config.returns) check(config.returns);
    const isMapped = config.returns && !containsCustom(config.returns);
    return builder({
      args: zodToConvexFields(args),
      returns: isMapped ? zodToConvex(config.returns) : undefined,
      handler: config.handler,
    });
  };

  return {
    customFnBuilder,
    zCustomQuery: customFnBuilder,
    zCustomMutation: customFnBuilder,
    zCustomAction: customFnBuilder,
    zCustomQueryBuilder: customFnBuilder,
    zCustomMutationBuilder: customFnBuilder,
    zCustomActionBuilder: customFnBuilder,
    zQueryBuilder: plainBuilder,
    zMutationBuilder: plainBuilder,
    zActionBuilder: plainBuilder,
  };
}
