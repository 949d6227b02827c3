// Models: zodvex's older `zodTable`. Checked against: 0.3.2 and 0.7.7 (there: zodvex/legacy).
// Left out: nothing.

import { defineTable } from "convex/server";
import { Table } from "convex-helpers/server";
import { z } from "zod";
import { addSystemFields, schemaBundle } from "./models.js";

export const zodDoc = (tableName, schema) => addSystemFields(tableName, schema);

export const zodDocOrNull = (tableName, schema) => z.union([zodDoc(tableName, schema), z.null()]);

const isShape = (value) =>
  !(value instanceof z.ZodType) &&
  Object.values(value).every((schema) => schema instanceof z.ZodType);

/** `zodTable` over one mapping; the later one takes the shape of an object, too. */
export const tableDefiner = ({ zodToConvex, zodToConvexFields }, takesObjects) =>
  function zodTable(name, schemaOrShape) {
    const isObject = takesObjects && schemaOrShape instanceof z.ZodObject;
    if (isObject || isShape(schemaOrShape)) {
      const shape = isObject ? schemaOrShape.shape : schemaOrShape;
      const schema = schemaBundle(name, isObject ? schemaOrShape : z.object(shape));
      return {
        ...Table(name, zodToConvexFields(shape)),
        shape,
        schema,
        zDoc: schema.doc,
        docArray: schema.docArray,
      };
    }
    const validator = zodToConvex(schemaOrShape);
    const schema = schemaBundle(name, schemaOrShape);
    return {
      table: defineTable(validator),
      tableName: name,
      validator,
      schema,
      docArray: schema.docArray,
      withSystemFields: () => schema.doc,
    };
  };
