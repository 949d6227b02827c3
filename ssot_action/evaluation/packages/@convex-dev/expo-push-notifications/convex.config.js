// Model of the component definition of @convex-dev/expo-push-notifications, checked against 0.3.1.
import { defineComponent } from "convex/server";

export default defineComponent("pushNotifications");
