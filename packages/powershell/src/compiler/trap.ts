import { type Candidate, matchingType, trapCandidates } from '../errors/catch-match.ts';
import type { ErrorRecord } from '../errors/error-record.ts';
import type { Thrown } from '../errors/thrown.ts';
import { Completion, type Execute, Frame } from '../runtime/frame.ts';
import type { ActionPreference } from '../runtime/preference.ts';
import { Scope } from '../runtime/scope.ts';
import { JumpSignal } from '../runtime/signals.ts';
import { Variable } from '../runtime/variable.ts';
import type { TrapStatement } from '../syntax/tree/index.ts';
import type { NetType } from '../types/net-type.ts';
import { CompileContext } from './context.ts';
import { compileStatements } from './statement-list.ts';
import { compileTypeName } from './type-name.ts';

/** What a trap decided: the preference as it stands, one that replaces it, or that the function returns. */
export type TrapOutcome =
  | { readonly kind: 'asked' }
  | { readonly kind: 'decided'; readonly preference: ActionPreference }
  | { readonly kind: 'return' };

export interface Traps {
  handle(thrown: Thrown, frame: Frame): TrapOutcome;
}

interface Trap {
  readonly type: ((frame: Frame) => NetType) | undefined;
  readonly body: Execute;
  readonly context: CompileContext;
}

/** The traps of a statement block. A trap runs in a scope of its own, with the error as `$_`. */
export function compileTraps(statements: readonly TrapStatement[], outer: CompileContext): Traps {
  const traps = statements.map((statement): Trap => {
    const context = new CompileContext(outer.source, outer.usings);
    return {
      type: statement.type === undefined ? undefined : compileTypeName(statement.type, outer),
      body: compileStatements(statement.body.statements, statement.body.traps, context),
      context,
    };
  });
  return {
    handle(thrown, frame) {
      const found = findTrap(traps, trapCandidates(thrown), frame);
      if (found === undefined) return { kind: 'decided', preference: 'Stop' };
      return runTrap(found.trap, found.record, frame);
    },
  };
}

/** A trap for everything takes the first exception, unless another trap names the type of a later one. */
function findTrap(
  traps: readonly Trap[],
  candidates: readonly Candidate[],
  frame: Frame,
): { trap: Trap; record: ErrorRecord } | undefined {
  const types = traps.map((trap) => trap.type?.(frame));
  let found: { trap: Trap; record: ErrorRecord } | undefined;
  for (const { type, record } of candidates) {
    const trap = traps[matchingType(types, type)];
    if (trap === undefined) continue;
    if (trap.type !== undefined) return { trap, record };
    found ??= { trap, record };
  }
  return found;
}

function runTrap(trap: Trap, record: ErrorRecord, frame: Frame): TrapOutcome {
  const { session } = frame;
  const scope = new Scope(frame.scope.state, frame.scope, { layout: trap.context.layout });
  scope.call = frame.scope.call;
  scope.add(new Variable('_', record));
  const inner = new Frame(session, frame.source, scope, scope.slots, frame.out, frame.streams, frame.name);
  inner.position = frame.position;
  inner.caller = frame.caller;
  const { state } = scope;
  const { current } = state;
  state.current = scope;
  session.frame = inner;
  try {
    const completion = trap.body(inner);
    if (completion === Completion.return) return { kind: 'return' };
    if (completion === Completion.break) return { kind: 'decided', preference: 'Stop' };
    if (completion === Completion.continue) return { kind: 'decided', preference: 'SilentlyContinue' };
    return { kind: 'asked' };
  } catch (error) {
    if (!(error instanceof JumpSignal) || error.kind === 'return') throw error;
    return { kind: 'decided', preference: error.kind === 'break' ? 'Stop' : 'SilentlyContinue' };
  } finally {
    session.frame = frame;
    state.current = current;
    session.lastSucceeded = false;
  }
}
