import type { Evidence, Rule } from './kind.ts';

/** The value of a root DSE attribute matches. */
export function says(attribute: string, pattern: RegExp): Rule {
  return ({ rootDse }) => {
    const value = rootDse.get(attribute.toLowerCase())?.find((each) => pattern.test(each));
    return value === undefined ? undefined : `its root DSE says ${attribute}: ${value}`;
  };
}

/** The root DSE has all of these attributes. */
export function has(...attributes: readonly string[]): Rule {
  return ({ rootDse }) =>
    attributes.every((each) => rootDse.has(each.toLowerCase()))
      ? `its root DSE has ${attributes.join(' and ')}`
      : undefined;
}

/** The server listens on one of these ports. */
export function onPort(...ports: readonly number[]): Rule {
  return ({ port }) => (ports.includes(port) ? `it answers on port ${port}` : undefined);
}

/** The schema knows all of these attribute types. */
export function knows(...attributes: readonly string[]): Rule {
  return ({ schema }) =>
    attributes.every((each) => schema.attributeType(each) !== undefined)
      ? `its schema knows ${attributes.join(' and ')}`
      : undefined;
}

/** The schema knows an attribute type whose OID is below an arc. */
export function knowsBelow(attribute: string, arc: string): Rule {
  return ({ schema }) => {
    const type = schema.attributeType(attribute);
    return type?.oid.startsWith(`${arc}.`) === true ? `its schema knows ${attribute} as ${type.oid}` : undefined;
  };
}

/** The first rule that holds. */
export function either(...rules: readonly Rule[]): Rule {
  return (evidence) => firstReason(rules, evidence);
}

/** Every rule holds. */
export function both(...rules: readonly Rule[]): Rule {
  return (evidence) => {
    const reasons: string[] = [];
    for (const rule of rules) {
      const reason = rule(evidence);
      if (reason === undefined) return undefined;
      reasons.push(reason);
    }
    return reasons.join(', and ');
  };
}

/** No server is of a kind by this alone. */
export const never: Rule = () => undefined;

function firstReason(rules: readonly Rule[], evidence: Evidence): string | undefined {
  for (const rule of rules) {
    const reason = rule(evidence);
    if (reason !== undefined) return reason;
  }
  return undefined;
}
