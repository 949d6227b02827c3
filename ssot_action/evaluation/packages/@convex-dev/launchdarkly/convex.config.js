// Model of the component definition of @convex-dev/launchdarkly, checked against 0.4.0.
import { defineComponent } from "convex/server";

export default defineComponent("launchdarkly");
