// Models: convex-helpers/server/stream. Checked against: 0.1.124.
// Left out: merging, ordering, paging. A stream is the plain query, or the streams it is made of.

export const stream = (db, _schema) => db;

const STEPS = ["map", "flatMap", "distinct", "filterWith", "order", "withIndex", "query"];
const READS = ["paginate", "collect", "take", "unique", "first", "iterWithKeys"];

/** A stream made of others: every step gives it again, every read gives nothing known. */
class Combined {
  constructor(streams) {
    this.streams = streams;
    for (const step of STEPS) this[step] = () => this;
    for (const read of READS) this[read] = async () => undefined;
  }
}

export const mergedStream = (streams, _orderByIndexFields) => new Combined(streams);

export const streamIndexRange = (db, _schema, table, index, _bounds, order) =>
  db
    .query(table)
    .withIndex(index)
    .order(order ?? "asc");

export function getIndexFields(table, index, schema) {
  if (index === undefined || index === "by_creation_time") return ["_creationTime", "_id"];
  if (index === "by_id") return ["_id"];
  const found = schema.tables[table].indexes.find((one) => one.indexDescriptor === index);
  if (!found) throw new Error(`Index ${index} not found in table ${table}`);
  return [...found.fields, "_creationTime", "_id"];
}

export class QueryStream extends Combined {}
export class StreamDatabaseReader extends Combined {}
export class StreamableQuery extends Combined {}
export class StreamQueryInitializer extends Combined {}
export class StreamQuery extends Combined {}
export class OrderedStreamQuery extends Combined {}
export class MergedStream extends Combined {}
export class SingletonStream extends Combined {}
export class EmptyStream extends Combined {}
