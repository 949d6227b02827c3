// Models: convex-helpers/standardSchema. Checked against: 0.1.124.
// Left out: nothing.

import { validate, ValidationError } from "./validators.js";

export function toStandardSchema(validator, opts) {
  return {
    "~standard": {
      version: 1,
      vendor: "convex-helpers",
      validate: (value) => {
        try {
          validate(validator, value, { ...opts, throw: true });
          return { value };
        } catch (error) {
          if (!(error instanceof ValidationError)) throw error;
          const path = error.path ? error.path.split(".") : undefined;
          return { issues: [{ message: error.message, path }] };
        }
      },
    },
  };
}
