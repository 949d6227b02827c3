// Model of @convex-dev/aggregate, checked against 0.3.1. It registers no functions.
// Left out: the tree itself; keys, namespaces and sums of documents are not computed.
export class Aggregate {
  constructor(component) {
    this.component = component;
  }
  async count(ctx, options) {
    return await ctx.runQuery(this.component.btree.aggregateBetween, { ...options });
  }
  async countBatch(ctx, queries) {
    return await ctx.runQuery(this.component.btree.aggregateBetweenBatch, { queries });
  }
  async sum(ctx, options) {
    return await ctx.runQuery(this.component.btree.aggregateBetween, { ...options });
  }
  async sumBatch(ctx, queries) {
    return await ctx.runQuery(this.component.btree.aggregateBetweenBatch, { queries });
  }
  async at(ctx, offset, options) {
    return await ctx.runQuery(this.component.btree.atOffset, { offset, ...options });
  }
  async atBatch(ctx, queries) {
    return await ctx.runQuery(this.component.btree.atOffsetBatch, { queries });
  }
  async indexOf(ctx, key, options) {
    return await ctx.runQuery(this.component.btree.offset, { key, ...options });
  }
  async offsetOf(ctx, key, namespace, id, bounds) {
    return await this.indexOf(ctx, key, { namespace, id, bounds });
  }
  async offsetUntil(ctx, key, namespace, id, bounds) {
    return await this.indexOf(ctx, key, { namespace, id, bounds, order: "desc" });
  }
  async min(ctx, options) {
    return await this.at(ctx, 0, options);
  }
  async max(ctx, options) {
    return await this.at(ctx, -1, options);
  }
  async random(ctx, options) {
    const count = await this.count(ctx, options);
    return await this.at(ctx, count - 1, options);
  }
  async paginate(ctx, options) {
    return await ctx.runQuery(this.component.btree.paginate, { ...options });
  }
  async iter(ctx, options) {
    return await this.paginate(ctx, options);
  }
  async clear(ctx, options) {
    await ctx.runMutation(this.component.public.clear, { ...options });
  }
  async makeRootLazy(ctx, namespace) {
    await ctx.runMutation(this.component.public.makeRootLazy, { namespace });
  }
  async paginateNamespaces(ctx, cursor, pageSize) {
    return await ctx.runQuery(this.component.btree.paginateNamespaces, { cursor, pageSize });
  }
  async iterNamespaces(ctx, pageSize) {
    return await this.paginateNamespaces(ctx, undefined, pageSize);
  }
  async clearAll(ctx, options) {
    await this.paginateNamespaces(ctx);
    await this.clear(ctx, options);
  }
  async makeAllRootsLazy(ctx) {
    await this.paginateNamespaces(ctx);
    await this.makeRootLazy(ctx);
  }
}

// The two kinds below write alike; one is given items, the other documents.
class WritableAggregate extends Aggregate {
  async enqueueBatch(ctx, operations) {
    await ctx.runMutation(this.component.public.enqueueBatch, { operations });
  }
  async insert(ctx, item) {
    await ctx.runMutation(this.component.public.insert, { item });
  }
  async delete(ctx, item) {
    await ctx.runMutation(this.component.public.delete_, { item });
  }
  async replace(ctx, currentItem, newItem) {
    await ctx.runMutation(this.component.public.replace, { currentItem, newItem });
  }
  async insertIfDoesNotExist(ctx, item) {
    await this.replaceOrInsert(ctx, item, item);
  }
  async deleteIfExists(ctx, item) {
    await ctx.runMutation(this.component.public.deleteIfExists, { item });
  }
  async replaceOrInsert(ctx, currentItem, newItem) {
    await ctx.runMutation(this.component.public.replaceOrInsert, { currentItem, newItem });
  }
}

export class DirectAggregate extends WritableAggregate {}

export class TableAggregate extends WritableAggregate {
  constructor(component, options) {
    super(component);
    this.options = options;
  }
  async indexOfDoc(ctx, doc, options) {
    return await this.indexOf(ctx, this.options.sortKey(doc), options);
  }
  trigger(_options) {
    return async (ctx, change) => {
      await this.insert(ctx, change.newDoc);
      await this.replace(ctx, change.oldDoc, change.newDoc);
      await this.delete(ctx, change.oldDoc);
    };
  }
  idempotentTrigger(_options) {
    return async (ctx, change) => {
      await this.replaceOrInsert(ctx, change.oldDoc, change.newDoc);
      await this.deleteIfExists(ctx, change.oldDoc);
    };
  }
}
