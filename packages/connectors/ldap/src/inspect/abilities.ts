import { CONTROL, EXTENSION, FEATURE, knownOid } from '../detection/oids.ts';
import type { ServerProfile } from '../detection/profile.ts';
import type { Ability } from './inspection.ts';

/** Controls, extended operations and features: those the root DSE lists, and those the connector uses. */
export function abilitiesOf({
  rootDse,
  controls,
  extensions,
  features,
}: ServerProfile): Readonly<Record<'controls' | 'extensions' | 'features', readonly Ability[]>> {
  return {
    controls: abilities(rootDse.get('supportedcontrol'), controls, Object.values(CONTROL)),
    extensions: abilities(rootDse.get('supportedextension'), extensions, Object.values(EXTENSION)),
    features: abilities(rootDse.get('supportedfeatures'), features, Object.values(FEATURE)),
  };
}

function abilities(
  listed: readonly string[] = [],
  works: ReadonlySet<string>,
  wanted: readonly string[],
): readonly Ability[] {
  const used = wanted.filter((oid) => knownOid(oid)?.use !== undefined);
  const all = [...new Set([...listed, ...works, ...used])].map((oid): Ability => {
    const known = knownOid(oid);
    return { oid, name: known?.name, listed: listed.includes(oid), works: works.has(oid), use: known?.use };
  });
  // What the connector uses comes first, what has a name before what has none.
  const rank = ({ use, name }: Ability): number => (use !== undefined ? 0 : name !== undefined ? 1 : 2);
  return all.sort((a, b) => rank(a) - rank(b) || (a.name ?? a.oid).localeCompare(b.name ?? b.oid, 'en'));
}
