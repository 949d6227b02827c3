// Model of the component definition of @ikhrustalev/convex-debouncer, checked against 0.1.2.
import { defineComponent } from "convex/server";

export default defineComponent("debouncer");
