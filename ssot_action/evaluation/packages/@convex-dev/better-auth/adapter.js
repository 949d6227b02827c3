// Model of @convex-dev/better-auth/adapter, checked against 0.12.5: the functions of its component.
import { createApi } from "./index.js";
import schema from "./schema.js";

export const { create, findOne, findMany, updateOne, updateMany, deleteOne, deleteMany } =
  createApi(schema);
