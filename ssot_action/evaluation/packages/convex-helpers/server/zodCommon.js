// Models: what convex-helpers/server/zod3 and /zod4 have in common. Checked against: 0.1.124.
// Left out: parsing arguments and results; the handler stays the user's own.

import { addFieldsToValidator } from "../validators.js";
import { runsBefore } from "./customFunctions.js";

/** The builders of one zod version, from its way to tell schemas apart and to map them. */
export function customBuilders({ isSchema, shapeOf, object, toConvexFields, outputToConvex }) {
  const custom = (builder, customization) => (definition) => {
    const addedArgs = customization.args ?? {};
    const {
      args,
      handler = definition,
      skipConvexValidation = false,
      returns: given,
      ...extra
    } = definition;
    if (!args && skipConvexValidation && Object.keys(addedArgs).length > 0) {
      throw new Error("A custom function that adds arguments cannot skip convex validation.");
    }
    const argsToConvex = () =>
      addFieldsToValidator(toConvexFields(isSchema(args) ? shapeOf(args) : args), addedArgs);
    const returnsToConvex = () => outputToConvex(isSchema(given) ? given : object(given));
    // No branch around the call: with unknown arguments all else is still known.
    return builder({
      args: args && !skipConvexValidation ? argsToConvex() : undefined,
      returns: given && !skipConvexValidation ? returnsToConvex() : undefined,
      handler,
      ...runsBefore(customization, extra),
    });
  };
  return {
    zCustomQuery: (query, customization) => custom(query, customization),
    zCustomMutation: (mutation, customization) => custom(mutation, customization),
    zCustomAction: (action, customization) => custom(action, customization),
  };
}

export function mapFields(fields, map) {
  const result = {};
  for (const [name, field] of Object.entries(fields)) result[name] = map(field);
  return result;
}

/** The mapping from validators to the schemas of one zod version. */
export function fromConvex({ z, zid, unionOf }) {
  const convert = (validator) => {
    switch (validator.kind) {
      case "id":
        return zid(validator.tableName);
      case "string":
        return z.string();
      case "float64":
        return z.number();
      case "int64":
        return z.bigint();
      case "commitTs":
        return z.union([z.bigint(), z.custom()]);
      case "boolean":
        return z.boolean();
      case "null":
        return z.null();
      case "any":
        return z.any();
      case "array":
        return z.array(convexToZod(validator.element));
      case "object":
        return z.object(mapFields(validator.fields, convexToZod));
      case "union":
        return unionOf(validator.members.map(convexToZod));
      case "literal":
        return z.literal(validator.value);
      case "record":
        return z.record(convexToZod(validator.key), convexToZod(validator.value));
      default:
        throw new Error(`v.${validator.kind}() is not supported`);
    }
  };
  function convexToZod(validator) {
    const schema = convert(validator);
    return validator.isOptional === "optional" ? z.optional(schema) : schema;
  }
  return { convexToZod, convexToZodFields: (fields) => mapFields(fields, convexToZod) };
}
