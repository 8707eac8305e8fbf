import { isAssignable } from '../types/assignable.ts';
import { namedType } from '../types/intrinsic.ts';
import type { NetType } from '../types/net-type.ts';
import { ErrorRecord } from './error-record.ts';
import type { NetException } from './net-exception.ts';
import type { Thrown } from './thrown.ts';

/**
 * One exception that a `catch` may name.
 * @property type its type; that of the wrapper which PowerShell puts around foreign exceptions where `exception` is undefined
 * @property record what `$_` is when this one is caught
 */
export interface Candidate {
  readonly exception: NetException | undefined;
  readonly type: NetType;
  readonly record: ErrorRecord;
}

const stopException = namedType('System.Management.Automation.ActionPreferenceStopException');
const runtimeException = namedType('System.Management.Automation.RuntimeException');

/**
 * The exceptions of an error that handlers are matched against, in PowerShell's order: what lies inside of a wrapping
 * exception first, then the wrapper. `throw` of a plain exception, errors of cmdlets and those under `Stop` have a wrapper
 * that scripts never see; its type still counts.
 */
function catchCandidates(thrown: Thrown): Candidate[] {
  const { record } = thrown;
  const { exception } = record;
  const isOwn = (exception.record !== undefined || exception.wasThrown) && isRuntimeException(exception);
  const candidates: Candidate[] = [];
  const said = thrown.wasStopped ? ownRecord(record) : record;
  const add = (one: NetException): void => {
    candidates.push({ exception: one, type: one.type, record: said.withException(isOwn ? one : exception) });
  };
  if (thrown.wasStopped) {
    candidates.push({ exception: undefined, type: stopException, record: record.withException(exception) });
  }
  if (isOwn) {
    if (exception.inner !== undefined) add(exception.inner);
    add(exception);
  } else {
    add(exception);
    if (thrown.reach !== 'throw' && exception.inner !== undefined) add(exception.inner);
    candidates.push({ exception: undefined, type: runtimeException, record: record.withException(exception) });
  }
  return candidates;
}

/**
 * What an exception of PowerShell says of itself: `Stop` hides the record of the cmdlet that wrote it from handlers that
 * name the exception (`catch [ItemNotFoundException]`), so that neither the command nor its place are told.
 */
function ownRecord(record: ErrorRecord): ErrorRecord {
  const { exception, errorId, category, target } = record;
  if (record.commandName === undefined || !isRuntimeException(exception)) return record;
  return exception.record !== undefined && exception.record !== record
    ? exception.record
    : new ErrorRecord(exception, errorId, category, target);
}

/** The same for traps, which look at no more than the exception inside of the wrapper and the wrapper itself. */
export function trapCandidates(thrown: Thrown): Candidate[] {
  const { record } = thrown;
  if (!thrown.wasStopped) return catchCandidates(thrown);
  return [{ exception: undefined, type: stopException, record: record.withException(record.exception) }];
}

function isRuntimeException(exception: NetException): boolean {
  return isAssignable(exception.type, runtimeException);
}

/**
 * Which of the types in `catch` clauses takes an error: the most specific one over all its exceptions. `undefined` among
 * the types catches everything and is the last resort.
 * @returns the index of the type, and what `$_` is; `undefined` where none fits
 */
export function findHandler(
  types: readonly (NetType | undefined)[],
  thrown: Thrown,
): { index: number; record: ErrorRecord } | undefined {
  // A lone `catch { }` gets the error as it was thrown, never what lies inside of it.
  if (types.length === 1 && types[0] === undefined) {
    return { index: 0, record: thrown.record.withException(thrown.record.exception) };
  }
  const ranks = rank(types);
  let best: { index: number; record: ErrorRecord } | undefined;
  let bestRank = Number.POSITIVE_INFINITY;
  for (const candidate of catchCandidates(thrown)) {
    if (bestRank === 0) break;
    const index = matchingType(types, candidate.type);
    if (index === -1) continue;
    const found = ranks[index] ?? 0;
    const replacesCatchAll = best !== undefined && found === bestRank && types[best.index] === undefined;
    if (found < bestRank || replacesCatchAll) {
      best = { index, record: candidate.record };
      bestRank = found;
    }
  }
  return best;
}

/** How many types before each are more specific; a clause for everything ranks last. */
function rank(types: readonly (NetType | undefined)[]): number[] {
  return types.map((type, index) => {
    if (type === undefined) return index;
    return types
      .slice(0, index)
      .filter((before) => before !== undefined && before !== type && isAssignable(before, type)).length;
  });
}

/** The first type that an exception of `type` is of: the exact one, a base, or the clause for everything. */
export function matchingType(types: readonly (NetType | undefined)[], type: NetType): number {
  const exact = types.indexOf(type);
  if (exact !== -1) return exact;
  const base = types.findIndex((one) => one !== undefined && isAssignable(type, one));
  return base !== -1 ? base : types.indexOf(undefined);
}
