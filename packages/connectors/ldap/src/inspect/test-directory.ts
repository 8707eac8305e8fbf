import type { TestReport } from '@joinery/connector';
import { type Problem, problem } from '@joinery/problems';
import { fetchCertificate } from '../connection/fetch-certificate.ts';
import type { LdapContext } from '../context.ts';
import { importScopes } from '../import/partitions.ts';
import { inspectServer } from './inspect-server.ts';
import type { Inspection } from './inspection.ts';
import { reportOf } from './report.ts';

/**
 * Tests a configured connector: everything an inspection says, of the partitions and with the corrections that are configured.
 * @throws LDAP_BASE_MISSING and LDAP_BASE_UNREADABLE for partitions and containers, LDAP_CHANGES_UNREADABLE where the log that delta
 *   imports read is not for the account (L40), and what keeps a connection from being made
 */
export async function testDirectory(context: LdapContext, signal: AbortSignal): Promise<TestReport> {
  const { directory, profile, schema, settings, clock, logger } = context;
  await using connection = await directory.connect('schema', signal);
  const { server } = connection;
  const certificates =
    settings.connection.transport === 'clear'
      ? []
      : await fetchCertificate(settings.connection, { server, clock, logger }, signal);
  const bases = importScopes(context, undefined).flatMap(({ base, within }) => within?.map(({ dn }) => dn) ?? [base]);
  const inspection = await inspectServer(connection, { profile, schema, certificates, bases }, signal);
  const fault = faultOf(inspection);
  if (fault !== undefined) throw fault;
  return reportOf(inspection);
}

/** What would make every import fail. */
function faultOf({ bases, delta }: Inspection): Problem | undefined {
  for (const { dn, state, advice = '' } of bases) {
    if (state === 'missing') return problem('LDAP_BASE_MISSING', advice, { place: dn });
    if (state === 'unreadable') return problem('LDAP_BASE_UNREADABLE', advice, { place: dn });
  }
  const readsLog = delta.strategy === 'accessLog' || delta.strategy === 'changeLog';
  if (!readsLog || delta.ready) return undefined;
  return problem('LDAP_CHANGES_UNREADABLE', delta.finding, {
    fix: `${delta.needs} Or set Delta Strategy to None.`,
  });
}
