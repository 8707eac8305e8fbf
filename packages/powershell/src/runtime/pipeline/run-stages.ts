import { toThrown } from '../../errors/to-thrown.ts';
import type { Value } from '../../values/value.ts';
import type { Session } from '../session.ts';
import { writeEnumerated, writeItems } from '../write-value.ts';
import type { Stage } from './stage.ts';
import { StopUpstream } from './stop-upstream.ts';

/** What goes into the first command: the items of a value, or items that are made as they are asked for. */
export type PipelineInput = { readonly value: Value } | { readonly items: Iterable<Value> };

/**
 * Runs a pipeline: all command lines are bound, then every `begin`, then the input goes through, then every `end`.
 * @param input absent where the first command is the source
 */
export function runStages(stages: readonly Stage[], input: PipelineInput | undefined, session: Session): void {
  let stopped = -1;
  try {
    try {
      for (const stage of stages) stage.prepare();
      for (const stage of stages) stage.begin();
      const [first] = stages;
      if (first === undefined) return;
      if (input === undefined) first.processOnce();
      else if ('items' in input) writeItems(input.items, first, session);
      else writeEnumerated(input.value, first, session);
    } catch (error) {
      stopped = requesterOf(error, stages);
    }
    for (let index = stopped + 1; index < stages.length; index++) {
      try {
        stages[index]?.end();
      } catch (error) {
        index = requesterOf(error, stages);
      }
    }
  } finally {
    for (const stage of stages) cleanUp(stage, session);
  }
}

/** Which command ended those before it; any other error is thrown on. */
function requesterOf(error: unknown, stages: readonly Stage[]): number {
  const index = error instanceof StopUpstream ? stages.indexOf(error.requester) : -1;
  if (index === -1) throw error;
  return index;
}

/** An error of a `clean` block is shown; it never ends the pipeline. */
function cleanUp(stage: Stage, session: Session): void {
  try {
    stage.clean();
  } catch (error) {
    const thrown = toThrown(error);
    if (thrown === undefined) throw error;
    session.report(thrown.record);
  }
}
