// Model of @convex-dev/twilio, checked against 0.2.2.
// Computes: messageValidator and the two routes of Twilio.registerRoutes.
// Left out: the package refuses to be built without its credentials; here they are not read.
import { createFunctionHandle, httpActionGeneric } from "convex/server";
import { v } from "convex/values";

const nullable = (validator) => v.union(validator, v.null());

export const messageValidator = v.object({
  account_sid: v.string(),
  api_version: v.string(),
  body: v.string(),
  counterparty: v.optional(v.string()),
  date_created: v.string(),
  date_sent: nullable(v.string()),
  date_updated: nullable(v.string()),
  direction: v.string(),
  error_code: nullable(v.number()),
  error_message: nullable(v.string()),
  from: v.string(),
  messaging_service_sid: nullable(v.string()),
  num_media: v.string(),
  num_segments: v.string(),
  price: nullable(v.string()),
  price_unit: nullable(v.string()),
  sid: v.string(),
  status: v.string(),
  subresource_uris: nullable(v.object({ media: v.string(), feedback: v.optional(v.string()) })),
  to: v.string(),
  uri: v.string(),
  rest: v.optional(v.any()),
});

export class Twilio {
  constructor(componentApi, options) {
    this.componentApi = componentApi;
    this.defaultFrom = options.defaultFrom;
    this.httpPrefix = options.httpPrefix ?? "/twilio";
    this.incomingMessageCallback = options.incomingMessageCallback;
    this.defaultOutgoingMessageCallback = options.defaultOutgoingMessageCallback;
  }
  registerRoutes(http) {
    const { messages } = this.componentApi;
    const incoming = this.incomingMessageCallback;
    http.route({
      path: this.httpPrefix + "/message-status",
      method: "POST",
      handler: httpActionGeneric(async (ctx) => {
        await ctx.runMutation(messages.updateStatus, {});
      }),
    });
    http.route({
      path: this.httpPrefix + "/incoming-message",
      method: "POST",
      handler: httpActionGeneric(async (ctx) => {
        const callback = incoming && (await createFunctionHandle(incoming));
        await ctx.runAction(messages.getFromTwilioBySidAndInsert, { callback });
      }),
    });
  }
  async sendMessage(ctx, args) {
    const outgoing = args.callback ?? this.defaultOutgoingMessageCallback;
    const callback = outgoing && (await createFunctionHandle(outgoing));
    return await ctx.runAction(this.componentApi.messages.create, { ...args, callback });
  }
  async registerIncomingSmsHandler(ctx, args) {
    return await ctx.runAction(this.componentApi.phone_numbers.updateSmsUrl, args);
  }
  async list(ctx, args) {
    return await ctx.runQuery(this.componentApi.messages.list, args);
  }
  async listIncoming(ctx, args) {
    return await ctx.runQuery(this.componentApi.messages.listIncoming, args);
  }
  async listOutgoing(ctx, args) {
    return await ctx.runQuery(this.componentApi.messages.listOutgoing, args);
  }
  async getMessageBySid(ctx, args) {
    return await ctx.runQuery(this.componentApi.messages.getBySid, args);
  }
  async getMessagesTo(ctx, args) {
    return await ctx.runQuery(this.componentApi.messages.getTo, args);
  }
  async getMessagesFrom(ctx, args) {
    return await ctx.runQuery(this.componentApi.messages.getFrom, args);
  }
  async getMessagesByCounterparty(ctx, args) {
    return await ctx.runQuery(this.componentApi.messages.getByCounterparty, args);
  }
}

export default Twilio;
