import type { DirectorySchema } from '../schema/directory-schema.ts';
import { FEATURE, knownOid } from './oids.ts';
import type { ServerProfile } from './profile.ts';
import { kindDefinition } from './recognise.ts';

/** The most definitions that are named when some could not be read. */
const NAMED = 3;

/**
 * What an administrator should know of a server, a sentence each; none of it stops anything (LDAP sheet 1.3, L15): many servers have
 * more than they list.
 */
export function detectionWarnings(profile: ServerProfile, schema: DirectorySchema): readonly string[] {
  return [
    ...missingFeatures(profile).map(
      (oid) => `Mandatory feature not found: [${oid}] ${knownOid(oid)?.name ?? oid}. The connector works without it.`,
    ),
    ...(profile.namingContexts.length === profile.systemContexts.length
      ? ['The server names no context that holds people: name the partitions to read.']
      : []),
    ...(profile.kind === 'ActiveDirectoryGlobalCatalog'
      ? ['A global catalog cannot be written: exports need port 389 or 636 of a domain controller.']
      : []),
    ...schemaWarnings(schema),
  ];
}

/** What follows from how changes are found, whoever chose it. */
export function strategyWarnings({ deltaStrategy, kind }: ServerProfile): readonly string[] {
  return [
    ...(deltaStrategy === undefined ? [`Only full imports: ${kindDefinition(kind).delta.needs}`] : []),
    ...(deltaStrategy === 'timeStamp'
      ? [
          'Delta imports by time stamp see no deletes, and renames only of the entry itself: run full imports regularly.',
        ]
      : []),
  ];
}

/** LDAP sheet 1.3: "Mandatory Features Not Found". An identifier as anchor is an operational attribute on most servers. */
function missingFeatures({ features, anchor }: ServerProfile): readonly string[] {
  const wanted: string[] = [FEATURE.trueFalseFilters];
  if (anchor !== 'entryDN') wanted.push(FEATURE.allOperationalAttributes);
  return wanted.filter((oid) => !features.has(oid));
}

function schemaWarnings({ skipped, objectClasses }: DirectorySchema): readonly string[] {
  const warnings: string[] = [];
  if (objectClasses.length === 0) {
    warnings.push('The server shows no object classes to this account: let it read the subschema entry.');
  }
  if (skipped.length > 0) {
    const first = skipped.slice(0, NAMED).map(({ definition, reason }) => `${shortened(definition)} (${reason})`);
    const more = skipped.length > NAMED ? `, and ${skipped.length - NAMED} more` : '';
    warnings.push(`Schema definitions that cannot be read are left out: ${first.join(', ')}${more}.`);
  }
  return warnings;
}

function shortened(definition: string): string {
  return definition.length > 60 ? `${definition.slice(0, 60)}…` : definition;
}
