import type { Connection } from '../connection/connection.ts';
import type { PresentedCertificate } from '../connection/tls/presented-certificate.ts';
import type { ServerProfile } from '../detection/profile.ts';
import { recognise } from '../detection/recognise.ts';
import { limitSetting } from '../import/server-limits.ts';
import type { DirectorySchema } from '../schema/directory-schema.ts';
import { abilitiesOf } from './abilities.ts';
import { viewBase } from './base-view.ts';
import { deltaReadiness } from './delta-readiness.ts';
import type { BaseView, Inspection } from './inspection.ts';

/** What is known of a server before it is inspected. */
export interface Inspected {
  readonly profile: ServerProfile;
  readonly schema: DirectorySchema;
  readonly certificates: readonly PresentedCertificate[];
  /** Entries below which people are looked for. */
  readonly bases: readonly string[];
}

/**
 * Puts together what there is to say about a server, asking it what only a try can tell: what the account sees, where its searches end,
 * and whether it can find changes. Writes nothing.
 * @throws LDAP_CONNECTION_LOST, the signal's reason
 */
export async function inspectServer(
  connection: Connection,
  { profile, schema, certificates, bases }: Inspected,
  signal: AbortSignal,
): Promise<Inspection> {
  const { definition, reason } = recognise({ rootDse: profile.rootDse, schema, port: profile.server.port });
  const system = new Set(profile.systemContexts);
  const contexts = profile.namingContexts.map((dn) => ({ dn, system: system.has(dn) }));
  const views: BaseView[] = [];
  for (const dn of bases) views.push(await viewBase(connection, profile, dn, signal));
  const people = contexts.filter((context) => !context.system).map(({ dn }) => dn);
  const delta = await deltaReadiness(connection, { profile, schema, contexts: people }, signal);
  return {
    server: profile.server,
    encrypted: connection.encrypted,
    certificates,
    kind: profile.kind,
    product: profile.product,
    reason,
    saslMechanisms: profile.rootDse.get('supportedsaslmechanisms') ?? [],
    ...abilitiesOf(profile),
    contexts,
    bases: views,
    schema: {
      classes: schema.objectClasses.length,
      attributes: schema.attributeTypes.length,
      skipped: schema.skipped.length,
    },
    personClass: definition.personClass,
    anchor: profile.anchor,
    uniqueId: profile.uniqueId,
    delta,
    passwordAttribute: profile.passwordAttribute,
    disableMethod: profile.disableMethod,
    rights: definition.rights,
    limits: [...new Set([limitSetting(profile.kind, 'size'), limitSetting(profile.kind, 'lookThrough')])],
    traps: definition.traps,
    warnings: [
      ...profile.warnings,
      ...views.flatMap(({ advice }) => advice ?? []),
      ...(delta.strategy === undefined || delta.ready ? [] : [`Changes cannot be followed. ${delta.finding}`]),
    ],
  };
}
