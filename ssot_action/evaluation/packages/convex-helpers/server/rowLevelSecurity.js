// Models: convex-helpers/server/rowLevelSecurity. Checked against: 0.1.124.
// Left out: the rules; a wrapped handler is the user's own, a wrapped database the plain one.

const sameHandler = (handler) => handler;

export const RowLevelSecurity = (_rules, _config) => ({
  withQueryRLS: sameHandler,
  withMutationRLS: sameHandler,
});

export const wrapDatabaseReader = (_ctx, db, _rules, _config) => db;

export const wrapDatabaseWriter = (_ctx, db, _rules, _config) => db;
