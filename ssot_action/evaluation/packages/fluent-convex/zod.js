// Models: fluent-convex/zod. Checked against: 0.12.3 with convex-helpers 0.1.124.
// Left out: parsing.

import { zodToConvex } from "convex-helpers/server/zod4";
import { ConvexBuilderWithFunctionKind } from "./index.js";

export const isZodSchema = (value) =>
  value != null && typeof value === "object" && "_zod" in value && "parse" in value;

const asValidator = (value) => (isZodSchema(value) ? zodToConvex(value) : value);

export class WithZod extends ConvexBuilderWithFunctionKind {
  constructor(builderOrDef) {
    super(builderOrDef instanceof ConvexBuilderWithFunctionKind ? builderOrDef.def : builderOrDef);
  }

  _clone(def) {
    return new WithZod(def);
  }

  input(validator) {
    return super.input(asValidator(validator));
  }

  returns(validator) {
    return super.returns(asValidator(validator));
  }
}
