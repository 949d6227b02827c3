// Model of @convex-dev/geospatial, checked against 0.2.1.
// Computes: the validators point and rectangle, the default levels. It registers no functions.
import { v } from "convex/values";

export const point = v.object({ latitude: v.number(), longitude: v.number() });
export const rectangle = v.object({
  west: v.number(),
  east: v.number(),
  south: v.number(),
  north: v.number(),
});
export const DEFAULT_MIN_LEVEL = 4;
export const DEFAULT_MAX_LEVEL = 16;
export const DEFAULT_MAX_CELLS = 8;
export const DEFAULT_LEVEL_MOD = 2;

export class GeospatialIndex {
  constructor(component, options) {
    this.component = component;
    this.minLevel = options?.minLevel ?? DEFAULT_MIN_LEVEL;
    this.maxLevel = options?.maxLevel ?? DEFAULT_MAX_LEVEL;
    this.levelMod = options?.levelMod ?? DEFAULT_LEVEL_MOD;
    this.maxCells = options?.maxCells ?? DEFAULT_MAX_CELLS;
    this.logLevel = options?.logLevel ?? "INFO";
  }
  async insert(ctx, key, coordinates, filterKeys, sortKey) {
    await ctx.runMutation(this.component.document.insert, {
      document: { key, coordinates, filterKeys, sortKey },
    });
  }
  async get(ctx, key) {
    return await ctx.runQuery(this.component.document.get, { key });
  }
  async remove(ctx, key) {
    return await ctx.runMutation(this.component.document.remove, { key });
  }
  async query(ctx, query, cursor) {
    return await ctx.runQuery(this.component.query.execute, { query, cursor });
  }
  async nearest(ctx, options) {
    return await ctx.runQuery(this.component.query.nearestPoints, options);
  }
  async queryNearest(ctx, center, maxResults, maxDistance) {
    return await this.nearest(ctx, { point: center, limit: maxResults, maxDistance });
  }
  async debugCells(ctx, area, maxResolution) {
    return await ctx.runQuery(this.component.query.debugCells, { rectangle: area, maxResolution });
  }
}
