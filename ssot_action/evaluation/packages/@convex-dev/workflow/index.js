// Model of @convex-dev/workflow, checked against 0.1.5 to 0.4.8.
// Computes: the exported validators; the internal mutation that defineWorkflow and
// WorkflowManager.define register (its args and returns enclose those of the workflow).
// Versions: a step can sleep since 0.3.9; the mutation has validators since 0.4.6, before it
// only 0.1 had one, for returning null.
// Left out: replaying a workflow's steps; the user's handler stands for the whole mutation.
import { createFunctionHandle, internalMutationGeneric } from "convex/server";
import { asObjectValidator, v } from "convex/values";
import { vResultValidator, vWorkIdValidator } from "@convex-dev/workpool";
import { since } from "../_versions.js";

export { vResultValidator };
export const vWorkflowId = v.string();
export const vEventId = (_name) => v.string();
export const vWorkflowStep = v.object({
  workflowId: vWorkflowId,
  name: v.string(),
  stepId: v.string(),
  stepNumber: v.number(),
  args: v.any(),
  runResult: v.optional(vResultValidator),
  startedAt: v.number(),
  completedAt: v.optional(v.number()),
  kind: v.union(
    v.literal("function"),
    v.literal("workflow"),
    v.literal("event"),
    ...(since("@convex-dev/workflow", "0.3.9") ? [v.literal("sleep")] : []),
  ),
  workId: v.optional(vWorkIdValidator),
  nestedWorkflowId: v.optional(vWorkflowId),
  eventId: v.optional(vEventId()),
});

const CALL_HINT =
  "To call a workflow directly, nest its arguments: { args: { ...yourWorkflowArgs } }";

function workflowArgs(args) {
  return v.object({
    workflowId: v.optional(vWorkflowId),
    generationNumber: v.optional(v.number()),
    args: v.optional(asObjectValidator(args ?? v.any())),
    startAsync: v.optional(v.boolean()),
    onComplete: v.optional(v.string()),
    context: v.optional(v.any()),
    docs: v.optional(v.literal(CALL_HINT)),
  });
}

function workflowReturns(returns) {
  const runResult = v.union(
    v.object({
      kind: v.literal("success"),
      returnValue: returns ? asObjectValidator(returns) : v.any(),
    }),
    v.object({ kind: v.literal("failed"), error: v.string() }),
    v.object({ kind: v.literal("canceled") }),
  );
  return v.union(vWorkflowId, v.object({ kind: v.literal("complete"), runResult }));
}

const VALIDATED = since("@convex-dev/workflow", "0.4.6");
const NULL_RETURNED = since("@convex-dev/workflow", "0.2.0") ? {} : { returns: v.null() };

const register = ({ args, returns }, handler) =>
  internalMutationGeneric(
    VALIDATED
      ? { args: workflowArgs(args), returns: workflowReturns(returns), handler }
      : { ...NULL_RETURNED, handler },
  );

export function defineWorkflow(_component, config) {
  return { handler: (fn) => register(config, fn) };
}

export function defineEvent(spec) {
  return spec;
}

export async function start(ctx, workflow, args, options) {
  const onComplete = options?.onComplete && (await createFunctionHandle(options.onComplete));
  return await ctx.runMutation(workflow, { args, onComplete });
}
export async function getStatus(ctx, component, workflowId) {
  return await ctx.runQuery(component.workflow.getStatus, { workflowId });
}
export async function cancel(ctx, component, workflowId) {
  await ctx.runMutation(component.workflow.cancel, { workflowId });
}
export async function restart(ctx, component, workflowId, _options) {
  await ctx.runMutation(component.workflow.restart, { workflowId });
}
export async function sendEvent(ctx, component, { id, name, workflowId }) {
  return await ctx.runMutation(component.event.send, { eventId: id, name, workflowId });
}
export async function createEvent(ctx, component, { name, workflowId }) {
  return await ctx.runMutation(component.event.create, { name, workflowId });
}
export async function list(ctx, component, options) {
  return await ctx.runQuery(component.workflow.list, { ...options });
}
export async function listByName(ctx, component, name, options) {
  return await ctx.runQuery(component.workflow.listByName, { name, ...options });
}
export async function listSteps(ctx, component, workflowId, options) {
  return await ctx.runQuery(component.workflow.listSteps, { workflowId, ...options });
}
export async function cleanup(ctx, component, workflowId) {
  return await ctx.runMutation(component.workflow.cleanup, { workflowId });
}

export class WorkflowManager {
  constructor(component, options) {
    this.component = component;
    this.options = options;
  }
  define(workflow) {
    if (workflow.handler) {
      return register(workflow, workflow.handler);
    }
    return defineWorkflow(this.component, workflow);
  }
  async start(ctx, workflow, args, options) {
    return await start(ctx, workflow, args, options);
  }
  async status(ctx, workflowId) {
    return await getStatus(ctx, this.component, workflowId);
  }
  async restart(ctx, workflowId, options) {
    await restart(ctx, this.component, workflowId, options);
  }
  async cancel(ctx, workflowId) {
    await cancel(ctx, this.component, workflowId);
  }
  async list(ctx, options) {
    return await list(ctx, this.component, options);
  }
  async listByName(ctx, name, options) {
    return await listByName(ctx, this.component, name, options);
  }
  async listSteps(ctx, workflowId, options) {
    return await listSteps(ctx, this.component, workflowId, options);
  }
  async cleanup(ctx, workflowId) {
    return await cleanup(ctx, this.component, workflowId);
  }
  async sendEvent(ctx, args) {
    return await sendEvent(ctx, this.component, args);
  }
  async createEvent(ctx, args) {
    return await createEvent(ctx, this.component, args);
  }
}
