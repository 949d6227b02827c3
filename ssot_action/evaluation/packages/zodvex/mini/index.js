// Models: zodvex/mini. Checked against: 0.7.7.
// Left out: see ../core.js.

export * from "../core.js";
