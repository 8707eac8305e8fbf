import type { Scope } from '../../runtime/scope.ts';
import type { Session } from '../../runtime/session.ts';
import type { Value } from '../../values/value.ts';

/** One item of a provider without files: a variable, a function, an alias, a variable of the environment. */
export interface NamedItem {
  readonly name: string;
  /** What `Get-Item` gives. */
  readonly value: Value;
  /** What `Get-Content` gives. */
  readonly content: Value;
}

/** What a provider of named items without folders has. */
export interface NamedItems {
  list(session: Session, scope: Scope): Iterable<NamedItem>;
  find(session: Session, scope: Scope, name: string): NamedItem | undefined;
  /** Makes or replaces an item. Throws `Thrown` for what is read-only. */
  set(session: Session, scope: Scope, name: string, value: Value, force: boolean): void;
  /** Throws `Thrown` for what is read-only. */
  remove(session: Session, scope: Scope, name: string, force: boolean): void;
}
