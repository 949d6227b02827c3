// Models: zodvex/core, the client-safe surface. Checked against: 0.7.7.
// Left out: encoding, decoding, codegen's readers, JSON Schema (all give unknown values).

import { z } from "zod";
import { refuseDates } from "./functions.js";
import { late } from "./mapping.js";
import { paginatedOf } from "./models.js";
import { notComputed, safePick } from "./schemas.js";

export { defineZodModel, zodvexCodec, zx } from "./models.js";
export {
  composeOverrides,
  getObjectShape,
  getZidTableName,
  isZidSchema,
  mapDateFieldToNumber,
  pickShape,
  returnsAs,
  safeOmit,
  safePick,
  toJSONSchema,
  zid,
  zodvexJSONSchemaOverride,
} from "./schemas.js";

export const { zodToConvex, zodToConvexFields } = late;

export const zPaginated = paginatedOf;

export function convexCodec(schema) {
  refuseDates(schema);
  return {
    validator: zodToConvex(schema),
    encode: notComputed("encode"),
    decode: notComputed("decode"),
    pick: (keys) => convexCodec(safePick(schema, keys)),
  };
}

export const decodeDoc = notComputed("decodeDoc");
export const encodeDoc = notComputed("encodeDoc");
export const encodePartialDoc = notComputed("encodePartialDoc");
export const safeEncode = notComputed("safeEncode");
export const normalizeCodecPaths = notComputed("normalizeCodecPaths");
export const stripUndefined = notComputed("stripUndefined");
export const createBoundaryHelpers = notComputed("createBoundaryHelpers");
export const extractCodec = notComputed("extractCodec");
export const readFnArgs = notComputed("readFnArgs");
export const readFnReturns = notComputed("readFnReturns");

export const success = (data) => ({ success: true, data });
export const failure = (error) => ({ success: false, error });
export const ok = () => ({ success: true });
export const formSuccess = (data) => ({ success: true, data });
export const formFailure = (data, error) => ({ success: false, data, error });

const results = (onSuccess, onFailure) =>
  z.discriminatedUnion("success", [
    z.object({ success: z.literal(true), ...onSuccess }),
    z.object({ success: z.literal(false), ...onFailure }),
  ]);

export const zMutationResult = (data) => results({ data }, { error: z.string() });

export const zVoidMutationResult = results({}, { error: z.string() });

export const zFormError = z.object({
  formErrors: z.array(z.string()),
  fieldErrors: z.record(z.string(), z.array(z.string())),
});

export const zFormResult = (data) => results({ data }, { data, error: zFormError });
