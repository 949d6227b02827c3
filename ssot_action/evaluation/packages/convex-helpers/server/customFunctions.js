// Models: convex-helpers/server/customFunctions. Checked against: 0.1.124.
// Left out: running `input`, `onSuccess` and the handler. The definition given to the builder has
//   the user's own handler and, under "ssot:before", the functions that run before it (outermost
//   first), because effects such as the check of the caller are read from both.

import { addFieldsToValidator } from "../validators.js";

export const NoOp = { args: {}, input: () => ({ args: {}, ctx: {} }) };

// `input` is the user's own function, so that its effects are read from it.
export const customCtx = (modifyCtx) => ({ args: {}, input: modifyCtx });

export const customCtxAndArgs = (customization) => customization;

const BEFORE = "ssot:before";

/** The functions that run before a handler, when `customization` wraps the definition `extra`. */
export function runsBefore(customization, extra) {
  const own = customization.input ? [customization.input] : [];
  return { [BEFORE]: [...own, ...(extra[BEFORE] ?? [])] };
}

function customBuilder(builder, customization) {
  const addedArgs = customization.args ?? {};
  return function build(definition) {
    // A bare function is a definition whose handler is itself.
    const { args, handler = definition, returns, ...extra } = definition;
    if (!args && Object.keys(addedArgs).length > 0) {
      throw new Error("A custom function that adds arguments needs the function's own `args`.");
    }
    return builder({
      // No branch around the call: with unknown arguments all else is still known.
      args: args ? addFieldsToValidator(args, addedArgs) : undefined,
      returns,
      handler,
      ...runsBefore(customization, extra),
    });
  };
}

export const customQuery = (query, customization) => customBuilder(query, customization);

export const customMutation = (mutation, customization) => customBuilder(mutation, customization);

export const customAction = (action, customization) => customBuilder(action, customization);
