import type { CSEntryChange } from '@joinery/connector';
import { type ConnectorContext, parseConfiguration, selectSchema } from '@joinery/connector';
import { ldapConnector } from '@joinery/connector-ldap';
import { silentLogger, systemClock, systemRandom } from '@joinery/runtime';
import { ldapadd } from '../../testing/directories/commands.ts';
import type { Slapd } from '../../testing/directories/slapd.ts';
import { median } from '../row.ts';

const times = 50;

/** Microseconds of this process's processor that one member more takes, in a group of ten and in one of so many. */
export async function memberCosts(
  slapd: Slapd,
  members: number,
): Promise<{ readonly small: number; readonly large: number }> {
  const context: ConnectorContext = {
    clock: systemClock,
    random: systemRandom,
    logger: silentLogger,
    folder: slapd.folder,
  };
  const configuration = parseConfiguration(
    ldapConnector.parameters,
    {
      Host: slapd.host,
      Port: String(slapd.ldapsPort),
      Binding: 'SSL',
      'CA File': slapd.caFile,
      'User Name': slapd.admin.dn,
    },
    () => slapd.admin.password,
  );
  await using connector = ldapConnector.create(configuration, context);
  const signal = new AbortController().signal;
  const schema = selectSchema(await connector.schema(signal), { types: ['groupOfNames'], anchors: ['entryDN'] });
  const run = await connector.export?.({ schema }, signal);
  if (run === undefined) throw new Error('The connector does not export.');
  const costs = new Map<string, number[]>([10, members].map((size) => [group(slapd, size), []]));
  for (const size of [10, members]) await ldapadd(slapd, groupLdif(slapd, size));
  for (let time = 0; time < times; time += 1) {
    for (const [dn, micros] of costs) {
      const before = process.cpuUsage();
      const results = await run.putEntries([oneMore(dn, time)], signal);
      const { user, system } = process.cpuUsage(before);
      if (results[0]?.errorCode !== 'Success') throw new Error(`The group refuses: ${results[0]?.errorDetail}`);
      micros.push(user + system);
    }
  }
  await run.close('Normal', signal);
  const [small = [], large = []] = [...costs.values()];
  return { small: median(small), large: median(large) };
}

function group(slapd: Slapd, size: number): string {
  return `cn=of ${size},ou=groups,${slapd.suffix}`;
}

function groupLdif(slapd: Slapd, size: number): string {
  const members = Array.from({ length: size }, (_, n) => `member: uid=m${n},ou=people,${slapd.suffix}\n`);
  return `dn: ${group(slapd, size)}\nobjectClass: groupOfNames\n${members.join('')}`;
}

function oneMore(dn: string, time: number): CSEntryChange {
  const value = `uid=new ${time},ou=people,dc=contoso,dc=lab`;
  return {
    identifier: `${dn} ${time}`,
    objectType: 'groupOfNames',
    objectModificationType: 'Update',
    dn,
    anchorAttributes: [{ name: 'entryDN', value: dn }],
    attributeChanges: [
      { name: 'member', modificationType: 'Update', valueChanges: [{ value, modificationType: 'Add' }] },
    ],
  };
}
