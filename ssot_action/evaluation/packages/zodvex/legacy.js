// Models: zodvex/legacy. Checked against: 0.7.7.
// Left out: see functions.js and tables.js.

import { functionBuilders, refuseDates } from "./functions.js";
import { late } from "./mapping.js";
import { tableDefiner } from "./tables.js";

export { zodDoc, zodDocOrNull } from "./tables.js";

export const zodTable = tableDefiner(late, true);

export const {
  zActionBuilder,
  zCustomActionBuilder,
  zCustomMutationBuilder,
  zCustomQueryBuilder,
  zMutationBuilder,
  zQueryBuilder,
} = functionBuilders(late, refuseDates);
