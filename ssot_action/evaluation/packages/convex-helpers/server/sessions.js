// Models: convex-helpers/server/sessions. Checked against: 0.1.124.
// Left out: nothing.

import { v } from "convex/values";

export const vSessionId = v.string();

export const SessionIdArg = { sessionId: vSessionId };

export const runSessionFunctions = (ctx, sessionId) => ({
  runSessionQuery: (fn, args) => ctx.runQuery(fn, { ...args, sessionId }),
  runSessionMutation: (fn, args) => ctx.runMutation(fn, { ...args, sessionId }),
  runSessionAction: (fn, args) => ctx.runAction(fn, { ...args, sessionId }),
});
