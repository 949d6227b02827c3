// Model of the component definition of @convex-dev/prosemirror-sync, checked against 0.2.6.
import { defineComponent } from "convex/server";

export default defineComponent("prosemirrorSync");
