// Model of @convex-dev/resend, checked against 0.1.9 to 0.2.8.
// Computes: the exported validators and Resend.defineOnEmailEvent.
// Versions: tags as a record came with 0.1.10, message_id with 0.2.6.
// Left out: sending, and checking a webhook's signature. API keys are not read.
import { createFunctionHandle, internalMutationGeneric } from "convex/server";
import { v as values } from "convex/values";
import { unknown } from "ssot:host";
import { since } from "../_versions.js";

const v = since("@convex-dev/resend", "0.1.9")
  ? values
  : unknown("@convex-dev/resend before 0.1.9 is not modelled");

export const vEmailId = v.string();

export const vStatus = v.union(
  v.literal("waiting"),
  v.literal("queued"),
  v.literal("cancelled"),
  v.literal("sent"),
  v.literal("delivered"),
  v.literal("delivery_delayed"),
  v.literal("bounced"),
  v.literal("failed"),
);

export const vTemplate = v.object({
  id: v.string(),
  variables: v.optional(v.record(v.string(), v.union(v.string(), v.number()))),
});

export const vOptions = v.object({
  initialBackoffMs: v.number(),
  retryAttempts: v.number(),
  apiKey: v.string(),
  testMode: v.boolean(),
  onEmailEvent: v.optional(v.object({ fnHandle: v.string() })),
});

const oneOrMore = () => v.union(v.string(), v.array(v.string()));
const nameAndValue = () => v.array(v.object({ name: v.string(), value: v.string() }));
const emailData = {
  broadcast_id: v.optional(v.string()),
  created_at: v.string(),
  email_id: v.string(),
  from: oneOrMore(),
  to: oneOrMore(),
  cc: v.optional(oneOrMore()),
  bcc: v.optional(oneOrMore()),
  reply_to: v.optional(oneOrMore()),
  ...(since("@convex-dev/resend", "0.2.6") ? { message_id: v.optional(v.string()) } : {}),
  headers: v.optional(nameAndValue()),
  subject: v.string(),
  tags: v.optional(
    since("@convex-dev/resend", "0.1.10")
      ? v.union(v.record(v.string(), v.string()), nameAndValue())
      : nameAndValue(),
  ),
};
const emailEvent = (type, more) =>
  v.object({
    type: v.literal(type),
    created_at: v.string(),
    data: v.object({ ...emailData, ...more }),
  });

export const vEmailEvent = v.union(
  emailEvent("email.sent"),
  emailEvent("email.delivered"),
  emailEvent("email.delivery_delayed"),
  emailEvent("email.complained"),
  emailEvent("email.bounced", {
    bounce: v.object({ message: v.string(), subType: v.string(), type: v.string() }),
  }),
  emailEvent("email.opened", {
    open: v.object({ ipAddress: v.string(), timestamp: v.string(), userAgent: v.string() }),
  }),
  emailEvent("email.clicked", {
    click: v.object({
      ipAddress: v.string(),
      link: v.string(),
      timestamp: v.string(),
      userAgent: v.string(),
    }),
  }),
  emailEvent("email.failed", { failed: v.object({ reason: v.string() }) }),
);

export const vOnEmailEventArgs = v.object({ id: vEmailId, event: vEmailEvent });

export class Resend {
  constructor(component, options) {
    this.component = component;
    this.config = {
      initialBackoffMs: options?.initialBackoffMs ?? 30000,
      retryAttempts: options?.retryAttempts ?? 5,
      testMode: options?.testMode ?? true,
    };
    this.onEmailEvent = options?.onEmailEvent || undefined;
  }
  async sendEmail(ctx, fromOrOptions) {
    const onEmailEvent = this.onEmailEvent && (await createFunctionHandle(this.onEmailEvent));
    return await ctx.runMutation(this.component.lib.sendEmail, { fromOrOptions, onEmailEvent });
  }
  async sendEmailManually(ctx, options, sendCallback) {
    const emailId = await ctx.runMutation(this.component.lib.createManualEmail, options);
    const resendId = await sendCallback(emailId);
    await ctx.runMutation(this.component.lib.updateManualEmail, { emailId, resendId });
    return emailId;
  }
  async cancelEmail(ctx, emailId) {
    await ctx.runMutation(this.component.lib.cancelEmail, { emailId });
  }
  async status(ctx, emailId) {
    return await ctx.runQuery(this.component.lib.getStatus, { emailId });
  }
  async get(ctx, emailId) {
    return await ctx.runQuery(this.component.lib.get, { emailId });
  }
  async handleResendEventWebhook(ctx, _request) {
    await ctx.runMutation(this.component.lib.handleEmailEvent, {});
  }
  defineOnEmailEvent(handler) {
    return internalMutationGeneric({ args: { id: vEmailId, event: vEmailEvent }, handler });
  }
}
