// Models: zod, version 4 (a project on zod 3 means `zod/v3`). Checked against: 4.6.7.
// Left out: see v4/classic.js and v4/schemas.js.

import * as z from "./v4/classic.js";

export * from "./v4/classic.js";
export { z };
export default z;
