import type { CallArgument } from '../../binding/parameter.ts';
import { InvocationInfo } from '../../errors/invocation-info.ts';
import { objectArray } from '../../values/array.ts';
import type { ScriptBlock } from '../../values/script-block.ts';
import type { Value } from '../../values/value.ts';
import type { RunOptions, Session } from '../session.ts';
import { runStages } from './run-stages.ts';
import { ScriptStage } from './script-stage.ts';

/** Runs a script block: the body of `Session.run`. */
export function invokeBlock(session: Session, block: ScriptBlock, options: RunOptions): void {
  const { args = [], named, underscore, thisObject, input, command, newScope, out, streams } = options;
  const caller = session.frame;
  const { position, source } = caller;
  const invocation = new InvocationInfo(
    position === undefined ? undefined : source,
    position?.start ?? 0,
    position?.end ?? 0,
    { expectingInput: input !== undefined, command },
  );
  const stage = new ScriptStage(
    {
      session,
      caller,
      errorName: '',
      invocation,
      args: [...args.map(positional), ...[...(named ?? [])].map(([name, value]) => namedArgument(name, value))],
      out,
      streams: streams ?? caller.streams,
      expectsInput: input !== undefined,
    },
    block,
    { newScope, isScriptFile: false, name: '<ScriptBlock>', thisObject, underscore },
  );
  runStages([stage], input === undefined ? undefined : { value: objectArray([...input]) }, session);
}

function positional(value: Value): CallArgument {
  return { kind: 'positional', value, source: undefined, start: 0, end: 0, splatted: false };
}

/** An argument by name that the engine itself supplies. */
export function namedArgument(name: string, value: Value): CallArgument {
  return {
    kind: 'named',
    name,
    text: `-${name}:`,
    hasValue: true,
    value,
    source: undefined,
    start: 0,
    end: 0,
    valueStart: 0,
    valueEnd: 0,
    splatted: false,
  };
}
