// Model of the component definition of @convex-dev/persistent-text-streaming, checked against
// 0.3.3.
import { defineComponent } from "convex/server";

export default defineComponent("persistentTextStreaming");
