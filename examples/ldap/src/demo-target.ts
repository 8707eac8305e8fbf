import { join } from 'node:path';
import { ldapConnector } from '@joinery/connector-ldap';
import type { DemoFolder, DemoTarget, TutorialMapping } from '@joinery/example-contoso';
import type { Clock, Random } from '@joinery/runtime';
import { type Slapd, startSlapd } from './slapd.ts';
import { adminDn, peopleDn, suffix } from './slapd-config.ts';
import { findSlapd } from './slapd-programs.ts';

/** People whom the directory knew before, one of them by another name, and a machine that is nobody's business. */
const knownBefore = [
  { cn: 'Britta Simon', sn: 'Simon', mail: 'britta.simon@contoso.example' },
  { cn: 'Taro Yamada', sn: 'Yamada', mail: 'taro.yamada@contoso.example' },
  { cn: "Siobhán O'Brien; the younger", sn: "O'Brien", mail: "siobhan.o'brien@contoso.example" },
  { cn: 'Jörg Weiß', sn: 'Weiß', mail: 'joerg.weiss@contoso.example' },
  { cn: 'Badge printer', sn: 'Printer', mail: 'badge.printer@contoso.example' },
];

const mappings: readonly TutorialMapping[] = [
  {
    target: '-dn-',
    expression: `Join("", "uid=", ToLower(Word([userPrincipalName], 1, "@"), ), ",${peopleDn}")`,
    matchingPriority: 0,
    flowType: 'ObjectAddOnly',
  },
  { target: 'objectClass', expression: 'Split("inetOrgPerson",",")', matchingPriority: 0, flowType: 'ObjectAddOnly' },
  { target: 'uid', expression: 'ToLower(Word([userPrincipalName], 1, "@"), )', matchingPriority: 0 },
  { target: 'mail', expression: '[userPrincipalName]', matchingPriority: 1 },
  { target: 'cn', expression: '[displayName]', matchingPriority: 0 },
  { target: 'sn', expression: '[surname]', matchingPriority: 0 },
  { target: 'employeeNumber', expression: '[employeeId]', matchingPriority: 0 },
  { target: 'title', expression: '[jobTitle]', matchingPriority: 0 },
  {
    target: 'userPassword',
    expression: 'Redact(RandomString(16, 2, 2, 2, 2, "?,"))',
    matchingPriority: 0,
    flowType: 'ObjectAddOnly',
  },
  { target: '_accountDisabled', expression: '[IsSoftDeleted]', matchingPriority: 0 },
];

/** Multi-valued in the directory and one value for callers. */
const single = ['uid', 'mail', 'cn', 'sn', 'title'].map((name) => ({
  name,
  multiValued: true,
  treatAsSingleValue: true,
}));

/** Where the demo keeps its directory server. */
export function slapdFolder({ root }: Pick<DemoFolder, 'root'>): string {
  return join(root, 'slapd');
}

/**
 * The tutorial into an OpenLDAP server that the demo starts on loopback, with a folder of its own.
 * @param path of programs, as in `PATH`
 * @param told called with the command that starts the server again, for people to type
 * @throws CLI_DEMO_PROGRAM_MISSING, CLI_DEMO_SERVER_FAILED
 */
export async function ldapTarget(
  folder: DemoFolder,
  options: {
    readonly path: string | undefined;
    readonly clock: Clock;
    readonly random: Random;
    readonly signal: AbortSignal;
    readonly told: (command: string) => void;
  },
): Promise<DemoTarget> {
  const slapd = await startSlapd({
    ...options,
    folder: slapdFolder(folder),
    programs: findSlapd(options.path),
    people: knownBefore,
  });
  options.told(slapd.command);
  return demoTarget(slapd);
}

function demoTarget(slapd: Slapd): DemoTarget {
  return {
    kind: ldapConnector,
    mappings,
    contentTitle: 'ldapsearch',
    contentName: 'the directory',
    secrets: { Password: slapd.adminPassword },
    async prepare() {},
    connector: () => ({
      name: 'LDAP',
      connector: ldapConnector.kind,
      parameters: {
        Host: '127.0.0.1',
        Port: slapd.port,
        Binding: 'Basic',
        'User Name': adminDn,
        Partitions: suffix,
        Containers: peopleDn,
        'Allow manual anchor selection': true,
      },
      types: [
        {
          objectType: 'inetOrgPerson',
          anchor: 'entryUUID',
          queryAttribute: 'mail',
          dn: '-dn-',
          attributes: [
            { name: '-dn-' },
            { name: 'entryUUID', operation: 'ImportOnly' },
            { name: 'objectClass', multiValued: true },
            ...single,
            { name: 'employeeNumber' },
            { name: 'userPassword', operation: 'ExportOnly' },
            { name: '_accountDisabled', type: 'Boolean' },
          ],
        },
      ],
    }),
    content: async () =>
      slapd.search(peopleDn, '(objectClass=inetOrgPerson)', ['cn', 'title', 'mail', 'pwdAccountLockedTime']),
    [Symbol.asyncDispose]: () => slapd[Symbol.asyncDispose](),
  };
}
