import { CONTROL, EXTENSION, knownOid } from '../detection/oids.ts';
import type { ServerProfile } from '../detection/profile.ts';
import type { Ability } from './inspection.ts';

/** What the connector would use on any server: told also where it is neither listed nor there. */
const WANTED = {
  controls: [CONTROL.pagedResults, CONTROL.treeDelete, CONTROL.permissiveModify],
  extensions: [EXTENSION.modifyPassword],
} as const;

/** Controls, extended operations and features: those the root DSE lists, those that work unlisted, and those that are missed. */
export function abilitiesOf({
  rootDse,
  controls,
  extensions,
  features,
}: ServerProfile): Readonly<Record<'controls' | 'extensions' | 'features', readonly Ability[]>> {
  return {
    controls: abilities(rootDse.get('supportedcontrol'), controls, WANTED.controls),
    extensions: abilities(rootDse.get('supportedextension'), extensions, WANTED.extensions),
    features: abilities(rootDse.get('supportedfeatures'), features, []),
  };
}

function abilities(
  listed: readonly string[] = [],
  works: ReadonlySet<string>,
  wanted: readonly string[],
): readonly Ability[] {
  const all = [...new Set([...listed, ...works, ...wanted])].map((oid): Ability => {
    const known = knownOid(oid);
    return { oid, name: known?.name, listed: listed.includes(oid), works: works.has(oid), use: known?.use };
  });
  // What the connector uses comes first, what has a name before what has none.
  const rank = ({ use, name }: Ability): number => (use !== undefined ? 0 : name !== undefined ? 1 : 2);
  return all.sort((a, b) => rank(a) - rank(b) || (a.name ?? a.oid).localeCompare(b.name ?? b.oid, 'en'));
}
