import type { Evidence, KindDefinition } from './kind.ts';
import { GENERIC, KINDS } from './kinds.ts';
import type { ServerKind } from './profile.ts';

/** A kind with what speaks for it. */
export interface Recognition {
  readonly definition: KindDefinition;
  /** A part of a sentence, e.g. `its root DSE says vendorName: 389 Project`. */
  readonly reason: string;
}

/**
 * The kind of a server (LDAP sheet 2.2): the first whose rule holds on the root DSE, then the first whose probe holds on the schema,
 * then `Generic`.
 */
export function recognise(evidence: Evidence): Recognition {
  for (const definition of KINDS) {
    const reason = definition.rule(evidence);
    if (reason !== undefined) return { definition, reason };
  }
  for (const definition of KINDS) {
    const reason = definition.probe?.(evidence);
    if (reason !== undefined) return { definition, reason };
  }
  return { definition: GENERIC, reason: 'nothing it says is typical of a kind that is known' };
}

/** What is known of a kind. */
export function kindDefinition(kind: ServerKind): KindDefinition {
  return KINDS.find((each) => each.kind === kind) ?? GENERIC;
}
