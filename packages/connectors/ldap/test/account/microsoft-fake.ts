import type { RecordedRequest } from '../../../../../testing/directories/exchange.ts';
import { FAKE_ROOT_DSE, FAKE_SCHEMA } from '../../../../../testing/directories/fake-schema.ts';
import { type FakeServer, startFakeServer } from '../../../../../testing/directories/fake-server.ts';
import type { LdapSettings } from '../../src/configuration/settings.ts';
import { Target } from '../export/target.ts';

const capabilities = { ADLDS: '1.2.840.113556.1.4.1851', ActiveDirectory: '1.2.840.113556.1.4.800' } as const;
const base = '1.2.840.113556.1.4';
const text = 'SYNTAX 1.3.6.1.4.1.1466.115.121.1.15 SINGLE-VALUE';
const integer = 'SYNTAX 1.3.6.1.4.1.1466.115.121.1.27 SINGLE-VALUE';

/**
 * A server in clear text that says it is AD LDS or Active Directory, and takes everything: neither runs where the tests do.
 * @param values what it answers about any entry
 */
export async function microsoft(
  kind: keyof typeof capabilities,
  values: Readonly<Record<string, readonly string[]>> = {},
  settings: Partial<LdapSettings> = {},
): Promise<{ readonly target: Target; readonly writes: () => readonly RecordedRequest[]; readonly suffix: string }> {
  const suffix = FAKE_ROOT_DSE.namingContexts?.[0] ?? '';
  const server: FakeServer = await startFakeServer({
    rootDse: { ...FAKE_ROOT_DSE, supportedCapabilities: [capabilities[kind]] },
    schema: {
      ...FAKE_SCHEMA,
      attributeTypes: [
        ...(FAKE_SCHEMA.attributeTypes ?? []),
        `( ${base}.2 NAME 'objectGUID' SYNTAX 1.3.6.1.4.1.1466.115.121.1.40 SINGLE-VALUE NO-USER-MODIFICATION )`,
        `( ${base}.8 NAME 'userAccountControl' ${integer} )`,
        `( ${base}.90 NAME 'unicodePwd' SYNTAX 1.3.6.1.4.1.1466.115.121.1.40 SINGLE-VALUE )`,
        `( ${base}.656 NAME 'userPrincipalName' ${text} )`,
        `( ${base}.1853 NAME 'msDS-UserAccountDisabled' SYNTAX 1.3.6.1.4.1.1466.115.121.1.7 SINGLE-VALUE )`,
      ],
      objectClasses: [
        ...(FAKE_SCHEMA.objectClasses ?? []),
        `( 1.2.840.113556.1.5.9 NAME 'user' SUP organizationalPerson STRUCTURAL MAY ( objectGUID $ userAccountControl $ unicodePwd $ userPrincipalName $ msDS-UserAccountDisabled ) )`,
      ],
    },
    answer: (exchange) => {
      const { request } = exchange;
      if (request.kind !== 'search' || request.base === '' || /^cn=subschema/i.test(request.base)) return false;
      exchange.entry(`CN=found,${suffix}`, values);
      exchange.done();
      return true;
    },
  });
  const account = { dn: `cn=admin,${suffix}`, password: 'secret' };
  const directory = {
    ...server,
    ldapsPort: server.port,
    ldapsUrl: server.url,
    caFile: '',
    suffix,
    admin: account,
    account,
  };
  const target = await Target.open(
    { ...directory, kind: 'Samba', pid: 0, folder: '/' },
    { settings, through: server, types: ['user'], anchors: ['objectGUID'] },
  );
  const written = new Set(['add', 'modify', 'modifyDN', 'delete', 'extended']);
  const writes = () => server.requests.filter((request) => written.has(request.kind));
  return { target, writes, suffix };
}
