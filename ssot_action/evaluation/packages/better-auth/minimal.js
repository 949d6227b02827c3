// Model of better-auth/minimal, checked against 1.6.
export { betterAuth } from "./index.js";
