import type { FunctionParameter } from '../../binding/function-parameters.ts';
import type { CallPlan } from '../../compiler/call-plan.ts';
import { InvocationInfo } from '../../errors/invocation-info.ts';
import type { CommandAst } from '../../syntax/tree/index.ts';
import type { ScriptBlock } from '../../values/script-block.ts';
import type { Value } from '../../values/value.ts';
import { CallState } from '../call-state.ts';
import type { FunctionCommand } from '../command.ts';
import type { Frame } from '../frame.ts';
import { inputEnumerator } from './input-enumerator.ts';

/** The state of a call that was bound by position alone: what it knows of itself is made when a script asks. */
export class SimpleCall extends CallState {
  constructor(
    caller: Frame,
    ast: CommandAst,
    command: FunctionCommand | undefined,
    block: ScriptBlock,
    parameters: readonly FunctionParameter[],
    plan: CallPlan,
    values: readonly Value[],
  ) {
    const bound = (): Map<string, Value> => boundOf(parameters, plan, values);
    super(
      () =>
        new InvocationInfo(caller.source, ast.start, ast.end, {
          command,
          invocationName: nameOf(ast),
          boundParameters: bound(),
          pipelineLength: 1,
          pipelinePosition: 1,
        }),
      [],
      bound,
    );
    this.input = noInput;
    this.file = block.ast.source.file;
  }
}

const noInput = (): Value => inputEnumerator([]);

function boundOf(
  parameters: readonly FunctionParameter[],
  { order, wordOf }: CallPlan,
  values: readonly Value[],
): Map<string, Value> {
  const bound = new Map<string, Value>();
  for (const index of order) {
    const parameter = parameters[index];
    if (parameter !== undefined) bound.set(parameter.name, values[wordOf[index] ?? -1] ?? null);
  }
  return bound;
}

function nameOf(ast: CommandAst): string {
  const [head] = ast.elements;
  if (ast.invocation !== undefined) return ast.invocation === 'dot' ? '.' : '&';
  return head?.kind === 'string' ? head.value : '';
}
