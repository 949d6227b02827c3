// Models: zod/mini. Checked against: zod 4.6.7.
// Left out: see v4/functional.js.

import * as z from "./v4/functional.js";

export * from "./v4/functional.js";
export { z };
