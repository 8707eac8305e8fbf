import { baseOf } from '../../conversion/base.ts';
import { languageCompare } from '../../operators/compare.ts';
import type { Session } from '../../runtime/session.ts';
import type { Value } from '../../values/value.ts';
import { exceptionOf } from '../cmdlet-error.ts';

export type ObjectOrder = (left: Value, right: Value) => number;

/** The order of objects as `Sort-Object` and its kin have it: as `-lt` does, and by their texts where that is refused. Never throws. */
export function objectOrder(session: Session, { ignoreCase }: { ignoreCase: boolean }): ObjectOrder {
  return (left, right) => {
    if (typeof left === 'number' && typeof right === 'number') return left - right;
    const a = baseOf(left);
    const b = baseOf(right);
    if (a === null && b === null) return 0;
    try {
      return languageCompare(a, b, ignoreCase, session);
    } catch (error) {
      exceptionOf(error);
      return languageCompare(session.text(a), session.text(b), ignoreCase, session);
    }
  };
}
