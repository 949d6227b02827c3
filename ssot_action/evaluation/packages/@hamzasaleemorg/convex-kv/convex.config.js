// Model of the component definition of @hamzasaleemorg/convex-kv, checked against 1.0.3.
import { defineComponent } from "convex/server";

export default defineComponent("convexKv");
