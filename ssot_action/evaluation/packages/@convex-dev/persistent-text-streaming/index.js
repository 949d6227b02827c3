// Model of @convex-dev/persistent-text-streaming, checked against 0.3.3.
// Computes: StreamIdValidator. It registers no functions.
import { v } from "convex/values";

export const StreamIdValidator = v.string();

export class PersistentTextStreaming {
  constructor(component, options) {
    this.component = component;
    this.options = options;
  }
  async createStream(ctx) {
    return await ctx.runMutation(this.component.lib.createStream);
  }
  async getStreamBody(ctx, streamId) {
    return await ctx.runQuery(this.component.lib.getStreamText, { streamId });
  }
  async stream(ctx, request, streamId, streamWriter) {
    await ctx.runQuery(this.component.lib.getStreamStatus, { streamId });
    const append = async (text) => {
      await ctx.runMutation(this.component.lib.addChunk, { streamId, text });
    };
    await streamWriter(ctx, request, streamId, append);
  }
  async deleteStream(ctx, streamId) {
    await ctx.runMutation(this.component.lib.deleteStream, { streamId });
  }
}
