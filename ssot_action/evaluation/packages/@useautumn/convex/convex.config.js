// Model of the component definition of @useautumn/convex, checked against 0.0.23.
import { defineComponent } from "convex/server";

export default defineComponent("autumn");
