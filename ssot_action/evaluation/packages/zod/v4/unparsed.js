// Models: what zod computes from values. Checked against: zod 4.6.7.
// Left out: all of it; the results are unknown.

import { unknown } from "ssot:host";

export const notParsed = (name) => unknown(`zod: the result of ${name}() is not computed`);

export const notKept = () => unknown("zod: checks are not kept");
