// Model of @convex-dev/presence, checked against 0.4.0. It registers no functions.
export class Presence {
  constructor(component) {
    this.component = component;
  }
  async heartbeat(ctx, roomId, userId, sessionId, interval) {
    return await ctx.runMutation(this.component.public.heartbeat, {
      roomId,
      userId,
      sessionId,
      interval,
    });
  }
  async list(ctx, roomToken, limit = 104) {
    return await ctx.runQuery(this.component.public.list, { roomToken, limit });
  }
  async updateRoomUser(ctx, roomId, userId, data) {
    return await ctx.runMutation(this.component.public.updateRoomUser, { roomId, userId, data });
  }
  async disconnect(ctx, sessionToken) {
    return await ctx.runMutation(this.component.public.disconnect, { sessionToken });
  }
  async listRoom(ctx, roomId, onlineOnly = false, limit = 104) {
    return await ctx.runQuery(this.component.public.listRoom, { roomId, onlineOnly, limit });
  }
  async listUser(ctx, userId, onlineOnly = false, limit = 104) {
    return await ctx.runQuery(this.component.public.listUser, { userId, onlineOnly, limit });
  }
  async removeRoomUser(ctx, roomId, userId) {
    return await ctx.runMutation(this.component.public.removeRoomUser, { roomId, userId });
  }
  async removeRoom(ctx, roomId) {
    return await ctx.runMutation(this.component.public.removeRoom, { roomId });
  }
}
