// Models: convex-helpers. Checked against: 0.1.124.
// Left out: nothing of the root export.

export async function asyncMap(list, transform) {
  return Promise.all([...(await list)].map((item, index) => transform(item, index)));
}

export const pruneNull = (list) => list.filter((item) => item !== null);

export class NullDocumentError extends Error {}

export function nullThrows(doc, message) {
  if (doc === null) throw new NullDocumentError(message ?? "Unexpected null document.");
  return doc;
}

// Entries are filtered in the object's own order, so the order of `keys` means nothing.
function filterKeys(obj, keep) {
  return Object.fromEntries(Object.entries(obj).filter(([key]) => keep(key)));
}

export const pick = (obj, keys) => filterKeys(obj, (key) => keys.includes(key));

export const omit = (obj, keys) => filterKeys(obj, (key) => !keys.includes(key));

export const withoutSystemFields = (obj) => omit(obj, ["_id", "_creationTime"]);

export function assert(value, message) {
  if (!value) throw new Error(typeof message === "function" ? message() : message);
}
