import type { Session } from '../runtime/session.ts';
import type { Value } from '../values/value.ts';

export function getIndex(target: Value, indexes: readonly Value[], session: Session): Value {
  void target;
  void indexes;
  void session;
  throw new Error('soon');
}

export function setIndex(target: Value, indexes: readonly Value[], value: Value, session: Session): void {
  void target;
  void indexes;
  void value;
  void session;
  throw new Error('soon');
}
