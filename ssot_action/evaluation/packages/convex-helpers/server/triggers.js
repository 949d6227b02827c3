// Models: convex-helpers/server/triggers. Checked against: 0.1.124.
// Left out: running the triggers; what they read and write is not a part of the function's effects.

export class Triggers {
  registered = {};

  register(tableName, trigger) {
    this.registered[tableName] = [...(this.registered[tableName] ?? []), trigger];
  }

  // An own arrow, as projects pass it on without its receiver.
  wrapDB = (ctx) => ctx;
}

export const writerWithTriggers = (_ctx, innerDb, _triggers) => innerDb;

export class DatabaseWriterWithTriggers {
  constructor(_ctx, innerDb, _triggers) {
    this.system = innerDb.system;
    this.vars = innerDb.vars;
    this.writer = innerDb;
  }
  get = (...args) => this.writer.get(...args);
  query = (...args) => this.writer.query(...args);
  normalizeId = (...args) => this.writer.normalizeId(...args);
  insert = (...args) => this.writer.insert(...args);
  patch = (...args) => this.writer.patch(...args);
  replace = (...args) => this.writer.replace(...args);
  delete = (...args) => this.writer.delete(...args);
}
