// Models: convex-ents. Checked against: 0.8.0 to 0.20.0.
// Versions: the indexes of a join table were two of two fields before 0.9.5; the option `optional` of
// a single edge meant what `ref` means since 0.13, from 0.12 on only without `field`.
// Left out: reading and writing ents (`ctx.table(...)`, rules), which only handlers do.

import { defineSchema, internalMutationGeneric, makeFunctionReference } from "convex/server";
import { asObjectValidator, v } from "convex/values";
import { since, unknown } from "ssot:host";

// #region Defining ents

// The fields are added to the validator itself, also where the project uses it elsewhere.
function addField(validator, name, field) {
  if (validator.kind === "object") validator.fields[name] = field;
  if (validator.kind === "union") {
    for (const member of validator.members) {
      if (member.kind === "object") member.fields[name] = field;
    }
  }
}

function hasField(validator, name) {
  if (validator.kind === "object") return validator.fields[name] !== undefined;
  if (validator.kind !== "union") return false;
  return validator.members.some((one) => one.kind === "object" && one.fields[name] !== undefined);
}

const indexOf = (name, fields) => ({ indexDescriptor: name, fields });

const HAS_REF_OPTION = since("convex-ents", "0.13.0");

function olderRef({ field, ref, optional }) {
  const isStoredAnyway = since("convex-ents", "0.12.0") ? field !== undefined : false;
  return optional === true && !isStoredAnyway ? (ref ?? true) : undefined;
}

class EntDefinition {
  indexes = [];
  searchIndexes = [];
  vectorIndexes = [];
  edgeConfigs = {};
  fieldConfigs = {};
  defaults = {};
  deletionConfig = undefined;

  constructor(validator) {
    this.validator = validator;
  }

  index(name, fields) {
    this.indexes.push(indexOf(name, fields));
    return this;
  }

  searchIndex(name, { searchField, filterFields }) {
    this.searchIndexes.push({
      indexDescriptor: name,
      searchField,
      filterFields: filterFields || [],
    });
    return this;
  }

  vectorIndex(name, { vectorField, dimensions, filterFields }) {
    this.vectorIndexes.push({
      indexDescriptor: name,
      vectorField,
      dimensions,
      filterFields: filterFields || [],
    });
    return this;
  }

  export() {
    return {
      indexes: this.indexes,
      searchIndexes: this.searchIndexes,
      vectorIndexes: this.vectorIndexes,
      documentType: this.validator.json,
    };
  }

  field(name, validator, options) {
    if (hasField(this.validator, name)) throw new Error(`Duplicate field "${name}"`);
    const { default: value, unique, index } = options ?? {};
    addField(this.validator, name, value === undefined ? validator : v.optional(validator));
    const isIndexed = unique === true || index === true;
    // Assigned, not pushed: with unknown options the indexes are unknown.
    this.indexes = isIndexed ? [...this.indexes, indexOf(name, [name])] : this.indexes;
    if (value !== undefined) this.defaults[name] = value;
    if (unique === true) this.fieldConfigs[name] = { name, unique: true };
    return this;
  }

  edge(name, options) {
    if (this.edgeConfigs[name] !== undefined) throw new Error(`Duplicate edge "${name}"`);
    const { field, optional, deletion } = options ?? {};
    const ref = HAS_REF_OPTION ? options?.ref : olderRef(options ?? {});
    const to = options?.to ?? `${name}s`;
    if (field !== undefined && ref !== undefined) {
      throw new Error(`Edge "${name}" cannot have both \`field\` and \`ref\`.`);
    }
    const common = { name, to, cardinality: "single", deletion };
    if (ref !== undefined) {
      this.edgeConfigs[name] = { ...common, type: "ref", ref: ref === true ? null : ref };
      return this;
    }
    const fieldName = field ?? `${name}Id`;
    const isOptional = optional === true;
    addField(this.validator, fieldName, isOptional ? v.optional(v.id(to)) : v.id(to));
    this.edgeConfigs[name] = { ...common, type: "field", field: fieldName, optional: isOptional };
    return this.index(fieldName, [fieldName]);
  }

  edges(name, options) {
    const { ref, table, field, inverseField, inverse, deletion } = options ?? {};
    const to = options?.to ?? name;
    if (ref !== undefined && table !== undefined) {
      throw new Error(`Edges "${name}" cannot have both \`ref\` and \`table\`.`);
    }
    if ((field !== undefined || inverseField !== undefined) && table === undefined) {
      throw new Error(`Edges "${name}" need a \`table\` for \`field\` or \`inverseField\`.`);
    }
    const common = { name, to, cardinality: "multiple" };
    this.edgeConfigs[name] =
      ref === undefined
        ? { ...common, type: "ref", table, field, inverseField }
        : { ...common, type: "field", ref, deletion };
    if (inverse !== undefined) {
      this.edgeConfigs[inverse] = { ...common, name: inverse, type: "ref", inverse: name, table };
    }
    return this;
  }

  deletion(type, options) {
    if (hasField(this.validator, "deletionTime") || this.deletionConfig !== undefined) {
      throw new Error(`Cannot enable "${type}" deletion: \`deletionTime\` is already there.`);
    }
    addField(this.validator, "deletionTime", v.optional(v.number()));
    this.deletionConfig = { type, ...options };
    return this;
  }
}

export function defineEnt(fieldsOrValidator) {
  const validator = asObjectValidator(fieldsOrValidator);
  const isObject = (one) => one.kind === "object";
  if (!isObject(validator) && !(validator.kind === "union" && validator.members.every(isObject))) {
    throw new Error("Ent shape must be an object or a union of objects");
  }
  return new EntDefinition(validator);
}

export function defineEntFromTable(table) {
  if (table.validator.kind !== "object") {
    throw new Error("Only tables with object definition are supported in Ents, not unions");
  }
  const ent = defineEnt(table.validator.fields);
  ent.indexes = table.indexes;
  ent.searchIndexes = table.searchIndexes;
  ent.vectorIndexes = table.vectorIndexes;
  return ent;
}

export function defineEntsFromTables(tables) {
  const ents = {};
  for (const [name, table] of Object.entries(tables)) ents[name] = defineEntFromTable(table);
  return ents;
}

// #endregion
// #region Pairing edges

const isMany = (edge) => edge.cardinality === "multiple";
const isStored = (edge) => edge.cardinality === "single" && edge.type === "field";
const isStoredElsewhere = (edge) => edge.cardinality === "single" && edge.type === "ref";
const isOneToMany = (edge) => isMany(edge) && edge.type === "field";
const isManyToMany = (edge) => isMany(edge) && edge.type === "ref";

// `null` and `true` both mean: the field that the other side chose.
const namesField = (edge) =>
  (isStoredElsewhere(edge) && edge.ref !== null) || (isOneToMany(edge) && edge.ref !== true);

function canBeInverse(candidate, edge, tableName) {
  if (candidate.to !== tableName) return false;
  if (edge.to === tableName) return isManyToMany(candidate) && candidate.inverse === edge.name;
  if (namesField(edge) && isStored(candidate)) return edge.ref === candidate.field;
  if (isStored(edge) && edge.field !== null && namesField(candidate)) {
    return edge.field === candidate.ref;
  }
  if (isManyToMany(edge) && edge.table !== undefined) {
    return isManyToMany(candidate) && edge.table === candidate.table;
  }
  if (isManyToMany(candidate) && candidate.table !== undefined) {
    return isManyToMany(edge) && edge.table === candidate.table;
  }
  return true;
}

function inverseOf(edge, tableName, other) {
  const edges = Object.values(other.edgeConfigs);
  const candidates = edges.filter((candidate) => canBeInverse(candidate, edge, tableName));
  if (candidates.length > 1) {
    throw new Error(`Edge "${edge.name}" of "${tableName}" has more than one inverse`);
  }
  return candidates[0];
}

function checkSystemEdge(edge, tableName) {
  if (!isStored(edge) || edge.deletion === "soft") {
    throw new Error(`Edge "${edge.name}" of "${tableName}" cannot point to a system table`);
  }
}

const joinIndexName = (from, to) => `${from}_${to}`;

/** The table between two "many" ends, or one end that is its own inverse, and its name. */
function joinTable(tableName, edge, inverse) {
  const isSelf = edge.to === tableName;
  const isSymmetric = inverse === undefined;
  const own = (name) => `${name}Id`;
  const joined = () =>
    inverse.name === tableName
      ? `${inverse.name}_to_${edge.name}`
      : `${tableName}_${inverse.name}_to_${edge.name}`;
  const name = edge.table ?? (isSymmetric ? `${tableName}_${edge.name}` : joined());
  const forward = edge.field ?? (isSymmetric ? "aId" : own(isSelf ? inverse.name : tableName));
  const chosen = (isSelf ? edge.inverseField : undefined) ?? inverse?.field;
  const backward = chosen ?? (isSymmetric ? "bId" : own(isSelf ? edge.name : edge.to));
  const table = defineEnt({ [forward]: v.id(tableName), [backward]: v.id(edge.to) });
  if (since("convex-ents", "0.9.5")) {
    table.index(forward, [forward]).index(backward, [backward]);
    table.index(joinIndexName(forward, backward), [forward, backward]);
    if (!isSymmetric) table.index(joinIndexName(backward, forward), [backward, forward]);
  } else {
    table.index(forward, [forward, backward]).index(backward, [backward, forward]);
  }
  const paired = { type: "ref", table: name, symmetric: isSymmetric };
  Object.assign(edge, { ...paired, field: forward, ref: backward });
  if (!isSymmetric) Object.assign(inverse, { ...paired, field: backward, ref: forward });
  return { name, table };
}

/** Completes both ends of an edge; returns the table that joins them, if it takes one. */
function pair(schema, tableName, edge) {
  const other = schema[edge.to];
  const where = `edge "${edge.name}" of "${tableName}"`;
  if (other === undefined) throw new Error(`The ${where} points to an undefined table`);
  const isSelf = edge.to === tableName;
  const inverse = inverseOf(edge, tableName, other);
  // Only a table's edges to itself may lack the other end.
  if (inverse === undefined && !(isMany(edge) && isSelf)) {
    throw new Error(`Missing inverse edge in "${edge.to}" for the ${where}`);
  }
  if (isStoredElsewhere(edge)) {
    if (!isStored(inverse)) throw new Error(`Neither end of the ${where} stores it`);
    edge.ref = edge.ref ?? inverse.field;
    inverse.unique = true;
  }
  if (!isManyToMany(edge) && edge.deletion !== undefined && other.deletionConfig === undefined) {
    throw new Error(`The target of the ${where} has no deletion behavior`);
  }
  if (!isMany(edge)) return undefined;
  if (inverse?.cardinality === "single") {
    if (!isStored(inverse) || !isOneToMany(edge)) throw new Error(`The ${where} needs \`ref\``);
    edge.ref = inverse.field;
    return undefined;
  }
  if ((!isSelf && isOneToMany(edge)) || (inverse && isOneToMany(inverse))) {
    throw new Error(`The inverse of the ${where} is not singular`);
  }
  return joinTable(tableName, edge, inverse);
}

export function defineEntSchema(schema, options) {
  // Join tables, added meanwhile, have no edges.
  for (const tableName of Object.keys(schema)) {
    for (const edge of Object.values(schema[tableName].edgeConfigs)) {
      const isDone = edge.inverse !== undefined || edge.symmetric !== undefined;
      if (isManyToMany(edge) && isDone) continue;
      if (edge.to.startsWith("_")) {
        checkSystemEdge(edge, tableName);
        continue;
      }
      // Added here, in the loop over the edges: with unknown edges the tables are unknown, too.
      const join = pair(schema, tableName, edge);
      if (join) schema[join.name] = join.table;
    }
  }
  return defineSchema(schema, options);
}

// #endregion
// #region What functions use

export function getEntDefinitions(schema) {
  const definitions = {};
  for (const [name, table] of Object.entries(schema.tables)) {
    const indexes = table.indexes.map(({ indexDescriptor, fields }) => [indexDescriptor, fields]);
    definitions[name] = {
      indexes: Object.fromEntries(indexes),
      defaults: table.defaults,
      edges: table.edgeConfigs,
      fields: table.fieldConfigs,
      deletionConfig: table.deletionConfig,
    };
  }
  return definitions;
}

export const addEntRules = (definitions, rules) => ({ ...definitions, rules });

export function entsTableFactory(_ctx, _definitions, _options) {
  const table = (_name) => unknown("convex-ents: reading ents is not modelled");
  table.system = table;
  return table;
}

const vApproach = v.union(v.literal("cascade"), v.literal("paginate"));

export function scheduledDeleteFactory(_definitions, options) {
  const self = options?.scheduledDelete ?? makeFunctionReference("functions:scheduledDelete");
  return internalMutationGeneric({
    args: {
      origin: v.object({ id: v.string(), table: v.string(), deletionTime: v.number() }),
      stack: v.array(
        v.union(
          v.object({
            id: v.string(),
            table: v.string(),
            edges: v.array(
              v.object({ approach: vApproach, table: v.string(), indexName: v.string() }),
            ),
          }),
          v.object({
            approach: vApproach,
            cursor: v.union(v.string(), v.null()),
            table: v.string(),
            indexName: v.string(),
            fieldValue: v.any(),
          }),
        ),
      ),
      inProgress: v.boolean(),
    },
    handler: async (ctx, args) => {
      const doc = await ctx.db.get(args.origin.table, args.origin.id);
      await ctx.db.delete(args.origin.table, doc._id);
      await ctx.scheduler.runAfter(0, self, args);
    },
  });
}

// #endregion
