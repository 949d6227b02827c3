// Model of @convex-dev/expo-push-notifications, checked against 0.3.1. It registers no functions.
export class PushNotifications {
  constructor(component, config) {
    this.component = component;
    this.config = { ...config, logLevel: config?.logLevel ?? "ERROR" };
  }
  async recordToken(ctx, args) {
    return await ctx.runMutation(this.component.public.recordPushNotificationToken, args);
  }
  async removeToken(ctx, args) {
    return await ctx.runMutation(this.component.public.removePushNotificationToken, args);
  }
  async getStatusForUser(ctx, args) {
    return await ctx.runQuery(this.component.public.getStatusForUser, args);
  }
  async sendPushNotification(ctx, args) {
    return await ctx.runMutation(this.component.public.sendPushNotification, args);
  }
  async sendPushNotificationBatch(ctx, args) {
    return await ctx.runMutation(this.component.public.sendPushNotificationBatch, args);
  }
  async getNotification(ctx, args) {
    return await ctx.runQuery(this.component.public.getNotification, args);
  }
  async getNotificationsForUser(ctx, args) {
    return await ctx.runQuery(this.component.public.getNotificationsForUser, args);
  }
  async deleteNotificationsForUser(ctx, args) {
    return await ctx.runMutation(this.component.public.deleteNotificationsForUser, args);
  }
  async pauseNotificationsForUser(ctx, args) {
    return await ctx.runMutation(this.component.public.pauseNotificationsForUser, args);
  }
  async unpauseNotificationsForUser(ctx, args) {
    return await ctx.runMutation(this.component.public.unpauseNotificationsForUser, args);
  }
  async shutdown(ctx) {
    return await ctx.runMutation(this.component.public.shutdown, {});
  }
  async restart(ctx) {
    return await ctx.runMutation(this.component.public.restart, {});
  }
}
