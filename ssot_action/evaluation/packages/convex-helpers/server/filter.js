// Models: convex-helpers/server/filter. Checked against: 0.1.124.
// Left out: applying the predicate (handlers never run).

export const filter = (query, _predicate) => query;
