// Models: the schemas of zod 4 (zod, zod/v4, zod/v4/core, zod/mini). Checked against: zod 4.6.7.
// Left out: see each module; a schema keeps what it is made of, its class and its metadata.

// The first, as the other modules extend what it defines.
export * from "./type.js";
export * from "./collections.js";
export * from "./objects.js";
export * from "./registry.js";
export * from "./simple.js";
export * from "./strings.js";
export * from "./wrappers.js";
export { _enum as enum } from "./collections.js";
export { _null as null, _undefined as undefined, _void as void } from "./simple.js";
export { _catch as catch, _function as function, _instanceof as instanceof } from "./wrappers.js";
