// Models: convex-helpers/server/relationships. Checked against: 0.1.124.
// Left out: the errors for missing documents and index names other than the field's.

import { asyncMap, nullThrows } from "../index.js";

const fieldOf = (index, field) => field ?? (index.startsWith("by_") ? index.slice(3) : index);

// Both forms, `(id)` and `(table, id)`.
const getOne = (db, table, id) => (id === undefined ? db.get(table) : db.get(table, id));

export async function getOrThrow(ctx, table, id) {
  return nullThrows(await getOne(ctx.db, table, id));
}

export async function getAll(db, table, ids) {
  return ids === undefined
    ? asyncMap(table, (id) => db.get(id))
    : asyncMap(ids, (id) => db.get(table, id));
}

export async function getAllOrThrow(db, table, ids) {
  return asyncMap(await getAll(db, table, ids), (doc) => nullThrows(doc));
}

export async function getOneFrom(db, table, index, value, field) {
  return db
    .query(table)
    .withIndex(index, (q) => q.eq(fieldOf(index, field), value))
    .unique();
}

export async function getOneFromOrThrow(db, table, index, value, field) {
  return nullThrows(await getOneFrom(db, table, index, value, field));
}

export async function getManyFrom(db, table, index, value, field) {
  return db
    .query(table)
    .withIndex(index, (q) => q.eq(fieldOf(index, field), value))
    .collect();
}

export async function getManyVia(db, table, toField, index, value, field) {
  const links = await getManyFrom(db, table, index, value, field);
  return asyncMap(links, (link) => db.get(link[toField]));
}

export async function getManyViaOrThrow(db, table, toField, index, value, field) {
  const links = await getManyFrom(db, table, index, value, field);
  return asyncMap(links, async (link) => nullThrows(await db.get(link[toField])));
}
