import type { Session } from '../runtime/session.ts';
import type { Value } from '../values/value.ts';
import type { NetType } from './net-type.ts';

export function getStatic(type: NetType, name: string, session: Session): Value {
  void type;
  void name;
  void session;
  throw new Error('soon');
}

export function setStatic(type: NetType, name: string, value: Value, session: Session): void {
  void type;
  void name;
  void value;
  void session;
  throw new Error('soon');
}

/** A static method, or `new`. */
export function invokeStatic(
  type: NetType,
  name: string,
  args: readonly Value[],
  session: Session,
  typeArguments: readonly NetType[] = [],
): Value {
  void type;
  void name;
  void args;
  void session;
  void typeArguments;
  throw new Error('soon');
}
