import type {
  AttributeChange,
  AttributeValue,
  Connector,
  ConnectorKind,
  CSEntryChange,
  SchemaType,
} from '@joinery/connector';
import type { NewConnector } from '@joinery/host';

const type: SchemaType = {
  name: 'inetOrgPerson',
  lockAnchorDefinition: false,
  possibleDnComponents: [],
  attributes: [
    attribute('entryUUID', 'String'),
    { ...attribute('objectClass', 'String'), isMultiValued: true },
    ...[
      'uid',
      'cn',
      'sn',
      'givenName',
      'displayName',
      'mail',
      'employeeNumber',
      'title',
      'ou',
      'telephoneNumber',
      'homeDirectory',
      'loginShell',
    ].map((name) => attribute(name, 'String')),
    attribute('uidNumber', 'Integer'),
    attribute('gidNumber', 'Integer'),
    attribute('manager', 'Reference'),
    attribute('userSMIMECertificate', 'Binary'),
  ],
};

function attribute(name: string, of: SchemaType['attributes'][number]['type']): SchemaType['attributes'][number] {
  return {
    name,
    type: of,
    isAnchor: name === 'entryUUID',
    isMultiValued: false,
    allowedOperation: 'ImportExport',
  };
}

const classes = ['top', 'person', 'organizationalPerson', 'inetOrgPerson', 'posixAccount'];

/** People who share a manager; the first of them is theirs. */
const teamSize = 12;

/**
 * A directory that costs next to nothing: it brings so many entries of eighteen attributes, with DNs, a multi-valued attribute,
 * integers, a reference and bytes, as a connector of directories hands them over.
 */
export function entryConnector(count: number): ConnectorKind {
  return {
    kind: 'entries',
    description: 'Generated entries of a directory.',
    parameters: [],
    create: () => new EntryConnector(count),
  };
}

/** The connector over these entries. */
export function entryConnectorFile(name: string): NewConnector {
  return {
    name,
    connector: 'entries',
    parameters: {},
    types: [
      {
        objectType: type.name,
        anchor: 'entryUUID',
        queryAttribute: 'uid',
        attributes: [
          ...type.attributes.map(({ name, type, isMultiValued }) => ({ name, type, multiValued: isMultiValued })),
          { name: '-dn-' },
        ],
      },
    ],
  };
}

class EntryConnector implements Connector {
  readonly traits = {
    distinguishedNameStyle: 'Ldap',
    exportType: 'AttributeUpdate',
    exportDuringImport: true,
    batchSize: 100,
    rename: true,
    exportPasswordInFirstPass: false,
  } as const;
  readonly #count: number;

  constructor(count: number) {
    this.#count = count;
  }

  async test() {
    return { summary: `${this.#count} entries`, facts: {} };
  }

  async schema() {
    return { types: [type] };
  }

  async fullImport({ pageSize }: { readonly pageSize: number }) {
    let next = 0;
    return {
      getEntries: async () => {
        const end = Math.min(this.#count, next + pageSize);
        const entries: CSEntryChange[] = [];
        for (; next < end; next++) entries.push(entryOf(next));
        return { entries, moreToImport: next < this.#count };
      },
      close: async () => ({}),
    };
  }

  async [Symbol.asyncDispose](): Promise<void> {}
}

function entryOf(n: number): CSEntryChange {
  const uid = `user${String(n).padStart(7, '0')}`;
  const key = `00000000-0000-4000-8000-${n.toString(16).padStart(12, '0')}`;
  return {
    identifier: '',
    objectType: type.name,
    objectModificationType: 'Add',
    dn: dnOf(n),
    anchorAttributes: [{ name: 'entryUUID', value: key }],
    attributeChanges: [
      change('entryUUID', key),
      change('objectClass', ...classes),
      change('uid', uid),
      change('cn', `Person Number ${n}`),
      change('sn', `Number ${n}`),
      change('givenName', 'Person'),
      change('displayName', `Person Number ${n} (Development)`),
      change('mail', `${uid}@contoso.example`),
      change('employeeNumber', String(10_000 + n)),
      change('title', 'Analyst'),
      change('ou', `Department ${n % 40}`),
      change('telephoneNumber', `+49 30 ${1_000_000 + n}`),
      change('homeDirectory', `/home/${uid}`),
      change('loginShell', '/bin/bash'),
      change('uidNumber', BigInt(10_000 + n)),
      change('gidNumber', 100n),
      change('manager', dnOf(n - (n % teamSize))),
      change('userSMIMECertificate', Buffer.from(key)),
    ],
  };
}

function dnOf(n: number): string {
  return `uid=user${String(n).padStart(7, '0')},ou=people,dc=contoso,dc=example`;
}

function change(name: string, ...values: readonly AttributeValue[]): AttributeChange {
  return {
    name,
    modificationType: 'Add',
    valueChanges: values.map((value) => ({ value, modificationType: 'Add' })),
  };
}
