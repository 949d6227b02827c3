// Model of @convex-dev/better-auth/utils, checked against 0.12.5.
// The checks of a context pass: which kind it is shows only when a function runs.
import { unknown } from "ssot:host";

const someContext = () => unknown("which context a function gets shows when it runs");
export const isQueryCtx = someContext;
export const isMutationCtx = someContext;
export const isActionCtx = someContext;
export const isRunMutationCtx = someContext;

export const requireQueryCtx = (ctx) => ctx;
export const requireMutationCtx = (ctx) => ctx;
export const requireActionCtx = (ctx) => ctx;
export const requireRunMutationCtx = (ctx) => ctx;

export function getToken() {
  return unknown("getToken of @convex-dev/better-auth is not modelled");
}
