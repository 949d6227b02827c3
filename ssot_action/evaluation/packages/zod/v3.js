// Models: zod/v3. Checked against: zod 4.6.7's zod/v3.
// Left out: see schemas3.js.

import * as z from "./schemas3.js";

export * from "./schemas3.js";
export { z };
export default z;
