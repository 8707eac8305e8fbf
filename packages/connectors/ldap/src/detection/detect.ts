import type { ServerAddress } from '../connection/connection.ts';
import type { DirectorySchema } from '../schema/directory-schema.ts';
import type { KindDefinition } from './kind.ts';
import { CONTROL, EXTENSION, FEATURE } from './oids.ts';
import type { DeltaStrategy, ServerProfile } from './profile.ts';
import { recognise } from './recognise.ts';
import { type RootDse, rootDseValue } from './root-dse.ts';
import { namingContextsOf, systemContextsOf } from './system-contexts.ts';
import { detectionWarnings, strategyWarnings } from './warnings.ts';

/**
 * Says what can be relied on with a server: the knowledge of its kind over what its root DSE lists (LDAP sheet 2.2 to 2.4).
 * @param schema of the server; decides where the root DSE does not, and whether accounts can be disabled
 */
export function detect(rootDse: RootDse, schema: DirectorySchema, server: ServerAddress): ServerProfile {
  const { definition } = recognise({ rootDse, schema, port: server.port });
  const changeLogDn = changeLogOf(definition, rootDse);
  const { disableMethod } = definition;
  const profile: ServerProfile = {
    kind: definition.kind,
    product: productOf(definition, rootDse),
    rootDse,
    namingContexts: namingContextsOf(rootDse),
    systemContexts: systemContextsOf(rootDse),
    schemaEntry: rootDseValue(rootDse, 'subschemaSubentry'),
    anchor: definition.anchor,
    uniqueId: definition.uniqueId,
    deltaStrategies: definition.delta.strategies,
    deltaStrategy: defaultStrategy(definition, rootDse),
    changeLogDn,
    passwordAttribute: definition.passwordAttribute,
    // OpenLDAP has the attribute with the overlay ppolicy only.
    disableMethod:
      disableMethod !== undefined && schema.attributeType(disableMethod) !== undefined ? disableMethod : undefined,
    controls: believed(definition, rootDse.get('supportedcontrol'), Object.values(CONTROL)),
    // StartTLS is never asked of the root DSE: Samba lists nothing and has it (LDAP sheet 2.3 (a)).
    extensions: new Set([
      ...believed(definition, rootDse.get('supportedextension'), Object.values(EXTENSION)),
      EXTENSION.startTls,
    ]),
    features: believed(definition, rootDse.get('supportedfeatures'), Object.values(FEATURE)),
    warnings: [],
    server,
  };
  return { ...profile, warnings: [...detectionWarnings(profile, schema), ...strategyWarnings(profile)] };
}

/**
 * What the root DSE lists and what the kind is known to have, without what the kind is known not to have.
 * @param sort the OIDs of this sort that the table of kinds speaks of
 */
function believed(
  { works = [], broken = [] }: KindDefinition,
  listed: readonly string[] = [],
  sort: readonly string[] = [],
): ReadonlySet<string> {
  const unlisted = works.filter((oid) => sort.includes(oid));
  return new Set([...listed, ...unlisted].filter((oid) => !broken.includes(oid)));
}

function productOf({ title, version }: KindDefinition, rootDse: RootDse): string {
  const text = version?.(rootDse);
  if (text === undefined) return title;
  // Some vendors write the product into the version: `RadiantOne 7.2`.
  return text.toLowerCase().includes(title.toLowerCase()) ? text : `${title} ${text}`;
}

function changeLogOf({ delta }: KindDefinition, rootDse: RootDse): string | undefined {
  return rootDseValue(rootDse, 'changeLog') ?? delta.logDn;
}

/** A log that nobody announces would only fail at the first delta import, so it is no default. */
function defaultStrategy({ delta }: KindDefinition, rootDse: RootDse): DeltaStrategy | undefined {
  if (delta.default !== 'announced') return delta.default;
  const announced =
    rootDseValue(rootDse, 'changeLog') !== undefined ||
    rootDseValue(rootDse, 'lastChangeNumber') !== undefined ||
    namingContextsOf(rootDse).some((dn) => dn.toLowerCase() === delta.logDn);
  return announced ? delta.strategies[0] : undefined;
}
