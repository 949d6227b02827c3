// Models: zodvex/mini/server. Checked against: 0.7.7.
// Left out: see ../server.js.

export * from "../server.js";
