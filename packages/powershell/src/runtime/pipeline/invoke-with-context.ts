import { baseOf } from '../../conversion/base.ts';
import { netFailure } from '../../errors/raise.ts';
import { Dictionary } from '../../values/dictionary.ts';
import { ScriptBlock } from '../../values/script-block.ts';
import type { Value } from '../../values/value.ts';
import { VariableObject } from '../../values/variable-object.ts';
import { FunctionCommand } from '../command.ts';
import { Frame } from '../frame.ts';
import { Scope } from '../scope.ts';
import type { Session } from '../session.ts';
import { Variable } from '../variable.ts';

/** What a block is to see beside its scopes: functions by name, and variables. */
export interface BlockContext {
  readonly functions: Value;
  readonly variables: readonly Value[];
}

/**
 * Does something in a scope that has the functions and variables of a context: `InvokeWithContext`.
 * Throws `NetFailure` (PSInvalidOperationException) for a function that is no script block.
 */
export function withContext<T>(
  session: Session,
  block: ScriptBlock,
  { functions, variables }: BlockContext,
  run: () => T,
): T {
  const caller = session.frame;
  const state = block.state ?? caller.scope.state;
  const scope = new Scope(state, state === caller.scope.state ? caller.scope : state.current);
  scope.call = caller.scope.call;
  scope.functions = functionsOf(functions);
  for (const one of variables) {
    const object = baseOf(one);
    if (object instanceof VariableObject) scope.add(new Variable(object.variable.name, object.variable.value));
  }
  const frame = new Frame(session, caller.source, scope, scope.slots, caller.out, caller.streams, caller.name);
  frame.position = caller.position;
  frame.caller = caller.caller;
  const { current } = state;
  session.frame = frame;
  state.current = scope;
  try {
    return run();
  } finally {
    state.current = current;
    session.frame = caller;
  }
}

function functionsOf(given: Value): Map<string, FunctionCommand> {
  const functions = new Map<string, FunctionCommand>();
  const dictionary = baseOf(given);
  if (!(dictionary instanceof Dictionary)) return functions;
  for (const { key, value } of dictionary.items()) {
    const block = baseOf(value);
    const name = String(baseOf(key));
    if (!(block instanceof ScriptBlock)) {
      throw netFailure(
        'System.Management.Automation.PSInvalidOperationException',
        `The script block that defines function '${name}' cannot be null or empty. Provide a non-empty script block in the function definition dictionary, and then try the operation again.`,
      );
    }
    functions.set(name.toLowerCase(), new FunctionCommand(name, block));
  }
  return functions;
}
