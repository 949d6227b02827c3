// Model of the component definition of @convex-dev/migrations, checked against 0.3.6.
import { defineComponent } from "convex/server";

export default defineComponent("migrations");
