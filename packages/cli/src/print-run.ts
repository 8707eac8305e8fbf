import type { HistoryLine, RunAnswer } from '@joinery/host';
import { problem } from '@joinery/problems';
import { objectName } from './object-name.ts';
import type { Facts, Output } from './output.ts';

/** The runs that can be printed: one that has just ended, or a line of the history. */
type Run = RunAnswer | HistoryLine;

/** Objects of a run that are printed one by one; `--json` has all that the host keeps. */
const LINES = 20;

/** How a run ended, in words; as it stands where a newer host has another word. */
export function outcomeOf({ outcome }: Pick<Run, 'outcome'>): string {
  return OUTCOMES.get(outcome) ?? outcome;
}

const OUTCOMES = new Map([
  ['finishedWithErrors', 'finished with errors'],
  ['heldBack', 'held back'],
]);

/** What a run did: `full import`, `delta import`, `export`. */
export function kindOf({ kind }: Pick<Run, 'kind'>): string {
  return KINDS.get(kind) ?? kind;
}

const KINDS = new Map([
  ['fullImport', 'full import'],
  ['deltaImport', 'delta import'],
]);

/** What a run changed, in words. */
export function countsOf({ adds, updates, renames, deletes, unchanged, failed }: Run): string {
  const renamed = renames === 0 ? '' : ` (${renames} renamed)`;
  return `${adds} added, ${updates} changed${renamed}, ${deletes} gone, ${unchanged} as before, ${failed} with errors`;
}

/** What a run met beyond its counts: objects with errors, differences, what held it back. */
export function printFindings(output: Output, connector: string, run: Run): void {
  for (const error of run.errors.slice(0, LINES)) {
    output.warn(`${error.object}: ${error.code}: ${error.detail}`, { connector, ...error });
  }
  printMore(output, run.errors.length, 'objects with errors');
  for (const { id, attributes } of run.differences.slice(0, LINES)) {
    output.warn(`${objectName(id)}: the target has ${attributes.join(', ')} otherwise than it was exported.`, {
      connector,
      id,
      attributes,
    });
  }
  printMore(output, run.differences.length, 'objects that differ from what was exported');
  for (const { guard, attribute, count, examples } of run.held) {
    const what = guard === 'blanks' ? `${count} would lose their "${attribute}"` : `${count} would be deleted`;
    output.warn(`${what}, e.g. ${examples.slice(0, LINES).map(objectName).join(', ')}.`, {
      connector,
      guard,
      ...(attribute === undefined ? {} : { attribute }),
      count,
      examples,
    });
  }
}

/**
 * Prints how a run ended that a command has waited for.
 * @throws what kept it from being taken over, and CLI_IMPORT_ERRORS where some objects cannot be used
 */
export function finishRun(output: Output, connector: string, run: RunAnswer, fault: Error | undefined): void {
  printFindings(output, connector, run);
  if (fault !== undefined) throw fault;
  const { adds, updates, renames, deletes, unchanged, failed, kind, profile } = run;
  const facts: Facts = { connector, kind, profile, adds, updates, renames, deletes, unchanged, failed };
  const sentence = `${connector}: ${countsOf(run)}.`;
  if (failed === 0) {
    output.done(sentence, facts);
    return;
  }
  output.step(sentence, facts);
  throw problem('CLI_IMPORT_ERRORS', `${failed} objects cannot be used; the others are taken over.`, {
    place: connector,
  });
}

/** An import that was held back can be accepted; every other fault says for itself what to do. */
export function faultOf(run: RunAnswer, connector: string, accept: string): Error | undefined {
  if (run.problem === undefined) return undefined;
  const { code, message, place, fix } = run.problem;
  const held = code === 'HOST_IMPORT_HELD_BACK';
  return problem(code, message, {
    ...(held ? { place: connector } : place === undefined ? {} : { place }),
    fix: held ? `Look at the target. If it is right, ${accept}.` : fix,
  });
}

function printMore(output: Output, count: number, what: string): void {
  if (count > LINES) output.warn(`${count - LINES} more ${what}; --json has them.`);
}
