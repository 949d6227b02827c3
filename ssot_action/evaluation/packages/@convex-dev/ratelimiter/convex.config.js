// Model of the component definition of @convex-dev/ratelimiter, checked against 0.1.7.
import { defineComponent } from "convex/server";

export default defineComponent("ratelimiter");
