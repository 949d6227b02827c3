// Models: zod's registries of metadata. Checked against: zod 4.6.7.
// Left out: finding a schema by the id in its metadata.

export class ZodRegistry {
  _map = new Map();

  add(schema, meta) {
    this._map.set(schema, meta);
    return this;
  }

  remove(schema) {
    this._map.delete(schema);
    return this;
  }

  clear() {
    this._map = new Map();
    return this;
  }

  has(schema) {
    return this._map.has(schema);
  }

  /** Metadata is inherited from the schema this one is a clone of, the id excepted. */
  get(schema) {
    const own = this._map.get(schema);
    if (!schema._zod.parent) return own;
    const { id: _id, ...inherited } = this.get(schema._zod.parent) ?? {};
    const merged = { ...inherited, ...own };
    return Object.keys(merged).length > 0 ? merged : undefined;
  }
}

export const registry = () => new ZodRegistry();

export const globalRegistry = registry();
