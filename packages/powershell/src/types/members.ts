import type { Session } from '../runtime/session.ts';
import type { Value } from '../values/value.ts';
import type { NetType } from './net-type.ts';

export function getMember(target: Value, name: string, session: Session): Value {
  void target;
  void name;
  void session;
  throw new Error('soon');
}

export function setMember(target: Value, name: string, value: Value, session: Session): void {
  void target;
  void name;
  void value;
  void session;
  throw new Error('soon');
}

export function invokeMember(
  target: Value,
  name: string,
  args: readonly Value[],
  session: Session,
  typeArguments: readonly NetType[] = [],
): Value {
  void target;
  void name;
  void args;
  void session;
  void typeArguments;
  throw new Error('soon');
}
