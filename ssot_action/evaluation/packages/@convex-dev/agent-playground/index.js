// Model of @convex-dev/agent-playground, checked against 0.0.20: it re-exports one function.
export { definePlaygroundAPI } from "@convex-dev/agent";
