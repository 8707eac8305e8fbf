import type { Scope } from '../../runtime/scope.ts';
import type { Session } from '../../runtime/session.ts';
import type { Value } from '../../values/value.ts';

/** One item of a drive that is no file: a variable, a function, an alias, a variable of the environment. */
export interface DriveItem {
  readonly name: string;
  /** What `Get-Item` gives. */
  readonly value: Value;
  /** What `Get-Content` gives. */
  readonly content: Value;
}

/** A drive of named items without folders. */
export interface Drive {
  readonly provider: string;
  list(session: Session, scope: Scope): Iterable<DriveItem>;
  find(session: Session, scope: Scope, name: string): DriveItem | undefined;
  /** Makes or replaces an item. Throws `Thrown` for what is read-only. */
  set(session: Session, scope: Scope, name: string, value: Value, force: boolean): void;
  /** Throws `Thrown` for what is read-only. */
  remove(session: Session, scope: Scope, name: string, force: boolean): void;
}
