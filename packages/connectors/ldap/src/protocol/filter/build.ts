import type { Filter, OctetString } from '../filter.ts';

/** True for every entry, in a form that every server understands: some drop the connection at `(&)` (LDAP sheet 2.3). */
export const everything: Filter = { kind: 'present', attribute: 'objectClass' };
/** True for no entry. */
export const nothing: Filter = { kind: 'not', filter: everything };

/** True where all are; {@link everything} where there is none. Never an empty set (L16). */
export function allOf(filters: readonly Filter[]): Filter {
  return setOf('and', filters) ?? everything;
}

/** True where one is; {@link nothing} where there is none. Never an empty set (L16). */
export function anyOf(filters: readonly Filter[]): Filter {
  return setOf('or', filters) ?? nothing;
}

function setOf(kind: 'and' | 'or', filters: readonly Filter[]): Filter | undefined {
  const [first, ...more] = filters;
  if (first === undefined) return undefined;
  return more.length === 0 ? first : { kind, filters: [first, ...more] };
}

export function not(filter: Filter): Filter {
  return { kind: 'not', filter };
}

export function present(attribute: string): Filter {
  return { kind: 'present', attribute };
}

export function equals(attribute: string, value: OctetString): Filter {
  return { kind: 'equality', attribute, value };
}

export function atLeast(attribute: string, value: OctetString): Filter {
  return { kind: 'greaterOrEqual', attribute, value };
}

export function atMost(attribute: string, value: OctetString): Filter {
  return { kind: 'lessOrEqual', attribute, value };
}

/** Any value that holds the parts in this order; empty parts are left out, and without any it is {@link present}. */
export function contains(
  attribute: string,
  parts: { readonly initial?: OctetString; readonly any?: readonly OctetString[]; readonly final?: OctetString },
): Filter {
  const any = (parts.any ?? []).filter((part) => part.length > 0);
  const initial = parts.initial === undefined || parts.initial.length === 0 ? {} : { initial: parts.initial };
  const final = parts.final === undefined || parts.final.length === 0 ? {} : { final: parts.final };
  if (any.length === 0 && !('initial' in initial) && !('final' in final)) return present(attribute);
  return { kind: 'substrings', attribute, any, ...initial, ...final };
}

/** A match by a rule of the server's, e.g. bits of `userAccountControl` by 1.2.840.113556.1.4.803. */
export function matches(rule: string, value: OctetString, attribute?: string): Filter {
  return { kind: 'extensible', rule, value, dnAttributes: false, ...(attribute === undefined ? {} : { attribute }) };
}
