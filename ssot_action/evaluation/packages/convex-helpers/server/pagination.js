// Models: convex-helpers/server/pagination. Checked against: 0.1.124.
// Left out: the pages; only the table and index that are read are kept.

import { stream } from "./stream.js";

export const paginator = (db, schema) => stream(db, schema);

export async function getPage(ctx, request) {
  const page = await ctx.db
    .query(request.table)
    .withIndex(request.index ?? "by_creation_time")
    .take(request.targetMaxRows ?? 100);
  return { page, hasMore: true, indexKeys: [] };
}

export const streamQuery = getPage;
