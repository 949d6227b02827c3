// Model of the component definition of @convex-dev/geospatial, checked against 0.2.1.
import { defineComponent } from "convex/server";

export default defineComponent("geospatial");
