import {
  ENTERPRISE_USER_URN,
  GROUP_URN,
  isList,
  isObject,
  type ScimObject,
  type ScimValue,
  USER_URN,
} from '@joinery/scim';

/** An attribute as RFC 7643 8.7 defines it; what is left out has the default of section 2.2. */
export interface RfcAttribute {
  readonly name: string;
  readonly type: string;
  readonly multiValued?: boolean;
  readonly required?: boolean;
  readonly caseExact?: boolean;
  readonly mutability?: string;
  readonly returned?: string;
  readonly uniqueness?: string;
  readonly canonicalValues?: readonly string[];
  readonly referenceTypes?: readonly string[];
  readonly subAttributes?: readonly RfcAttribute[];
}

type Extra = Omit<RfcAttribute, 'name' | 'type'>;

const texts = (...names: readonly string[]): readonly RfcAttribute[] => names.map((name) => ({ name, type: 'string' }));
const text = (name: string, extra: Extra = {}): RfcAttribute => ({ name, type: 'string', ...extra });
const flag = (name: string, extra: Extra = {}): RfcAttribute => ({ name, type: 'boolean', ...extra });
const link = (name: string, referenceTypes: readonly string[], extra: Extra = {}): RfcAttribute => ({
  name,
  type: 'reference',
  referenceTypes,
  ...extra,
});
const group = (name: string, subAttributes: readonly RfcAttribute[], extra: Extra = {}): RfcAttribute => ({
  name,
  type: 'complex',
  subAttributes,
  ...extra,
});
const list = (name: string, canonicalValues?: readonly string[], value: RfcAttribute = text('value')): RfcAttribute =>
  group(
    name,
    [value, text('display'), text('type', canonicalValues === undefined ? {} : { canonicalValues }), flag('primary')],
    { multiValued: true },
  );

const fixed = { mutability: 'readOnly' } as const;
const once = { mutability: 'immutable' } as const;

/** The resource schemas of RFC 7643 8.7.1. */
export const rfcSchemas: Readonly<Record<string, readonly RfcAttribute[]>> = {
  [USER_URN]: [
    text('userName', { required: true, uniqueness: 'server' }),
    group('name', texts('formatted', 'familyName', 'givenName', 'middleName', 'honorificPrefix', 'honorificSuffix')),
    ...texts('displayName', 'nickName'),
    link('profileUrl', ['external']),
    ...texts('title', 'userType', 'preferredLanguage', 'locale', 'timezone'),
    flag('active'),
    text('password', { mutability: 'writeOnly', returned: 'never' }),
    list('emails', ['work', 'home', 'other']),
    list('phoneNumbers', ['work', 'home', 'mobile', 'fax', 'pager', 'other']),
    list('ims', ['aim', 'gtalk', 'icq', 'xmpp', 'msn', 'skype', 'qq', 'yahoo']),
    list('photos', ['photo', 'thumbnail'], link('value', ['external'])),
    group(
      'addresses',
      [
        ...texts('formatted', 'streetAddress', 'locality', 'region', 'postalCode', 'country'),
        text('type', { canonicalValues: ['work', 'home', 'other'] }),
      ],
      { multiValued: true },
    ),
    group(
      'groups',
      [
        text('value', fixed),
        link('$ref', ['User', 'Group'], fixed),
        text('display', fixed),
        text('type', { ...fixed, canonicalValues: ['direct', 'indirect'] }),
      ],
      { ...fixed, multiValued: true },
    ),
    list('entitlements'),
    list('roles'),
    list('x509Certificates', undefined, { name: 'value', type: 'binary' }),
  ],
  [GROUP_URN]: [
    text('displayName'),
    group(
      'members',
      [
        text('value', once),
        link('$ref', ['User', 'Group'], once),
        text('type', { ...once, canonicalValues: ['User', 'Group'] }),
      ],
      { multiValued: true },
    ),
  ],
  [ENTERPRISE_USER_URN]: [
    ...texts('employeeNumber', 'costCenter', 'organization', 'division', 'department'),
    group('manager', [text('value'), link('$ref', ['User']), text('displayName', fixed)]),
  ],
};

const must = { mutability: 'readOnly', required: true } as const;
const supported = flag('supported', must);

/** The members of an attribute definition (section 7 and 8.7.2); a sub-attribute has no sub-attributes of its own. */
const definition: readonly RfcAttribute[] = [
  text('name', { ...must, caseExact: true }),
  text('type', {
    ...must,
    canonicalValues: ['string', 'complex', 'boolean', 'decimal', 'integer', 'dateTime', 'reference', 'binary'],
  }),
  flag('multiValued', must),
  text('description', fixed),
  flag('required', must),
  text('canonicalValues', { ...fixed, multiValued: true, caseExact: true }),
  flag('caseExact', fixed),
  text('mutability', { ...fixed, canonicalValues: ['readOnly', 'readWrite', 'immutable', 'writeOnly'] }),
  text('returned', { ...fixed, canonicalValues: ['always', 'never', 'default', 'request'] }),
  text('uniqueness', { ...fixed, canonicalValues: ['none', 'server', 'global'] }),
  text('referenceTypes', { ...fixed, multiValued: true, caseExact: true }),
];

/** The document that describes documents nests once more than any other. */
const nested = group(
  'subAttributes',
  [...definition, group('subAttributes', definition, { ...fixed, multiValued: true })],
  {
    ...fixed,
    multiValued: true,
  },
);

/** What every resource has (section 3.1). */
const common: readonly RfcAttribute[] = [
  link('schemas', ['uri'], { ...must, multiValued: true }),
  text('id', { ...fixed, caseExact: true }),
  group('meta', [...texts('resourceType', 'created', 'lastModified', 'version'), link('location', ['uri'])]),
];

/** The discovery documents (sections 5, 6, 7 and 8.7.2). */
export const rfcDocuments = {
  ServiceProviderConfig: [
    ...common,
    link('documentationUri', ['external']),
    group('patch', [supported], must),
    group(
      'bulk',
      [
        supported,
        { name: 'maxOperations', type: 'integer', ...must },
        { name: 'maxPayloadSize', type: 'integer', ...must },
      ],
      must,
    ),
    group('filter', [supported, { name: 'maxResults', type: 'integer', ...must }], must),
    group('changePassword', [supported], must),
    group('sort', [supported], must),
    group('etag', [supported], must),
    group(
      'authenticationSchemes',
      [
        text('type', {
          ...must,
          canonicalValues: ['oauth', 'oauth2', 'oauthbearertoken', 'httpbasic', 'httpdigest'],
        }),
        text('name', must),
        text('description', must),
        link('specUri', ['external']),
        link('documentationUri', ['external']),
        flag('primary'),
      ],
      { ...must, multiValued: true },
    ),
  ],
  ResourceType: [
    ...common,
    text('name', must),
    text('description'),
    link('endpoint', ['uri'], must),
    link('schema', ['uri'], must),
    group('schemaExtensions', [link('schema', ['uri'], must), flag('required', must)], { multiValued: true }),
  ],
  Schema: [
    ...common,
    text('name', fixed),
    text('description', fixed),
    group('attributes', [...definition, nested], {
      ...must,
      multiValued: true,
    }),
  ],
} as const satisfies Readonly<Record<string, readonly RfcAttribute[]>>;

/** What is wrong with a document by a schema: one sentence each. */
export function violations(document: ScimObject, schema: readonly RfcAttribute[], place = ''): readonly string[] {
  const known = new Map(schema.map((attribute) => [attribute.name, attribute]));
  const unknown = Object.keys(document).filter((name) => !known.has(name));
  return [
    ...unknown.map((name) => `${place}${name} is unknown`),
    ...schema.flatMap((attribute) => {
      const value = document[attribute.name];
      const here = place + attribute.name;
      if (value === undefined) return attribute.required === true ? [`${here} is missing`] : [];
      if (attribute.multiValued !== true) return valueViolations(value, attribute, here);
      if (!isList(value) || value.length === 0) return [`${here} is not a list with elements`];
      return value.flatMap((each, index) => valueViolations(each, attribute, `${here}[${index}]`));
    }),
  ];
}

function valueViolations(value: ScimValue, attribute: RfcAttribute, place: string): readonly string[] {
  const { type, subAttributes = [], canonicalValues } = attribute;
  if (type === 'complex')
    return isObject(value) ? violations(value, subAttributes, `${place}.`) : [`${place} is not an object`];
  if (type === 'boolean') return typeof value === 'boolean' ? [] : [`${place} is not a boolean`];
  if (type === 'integer') return Number.isInteger(value) ? [] : [`${place} is not an integer`];
  if (typeof value !== 'string') return [`${place} is not text`];
  return canonicalValues === undefined || canonicalValues.includes(value) ? [] : [`${place} may not be ${value}`];
}

/** How attribute documents differ from definitions, e.g. `members.display: only here`. */
export function differences(
  documents: ScimValue | undefined,
  definitions: readonly RfcAttribute[],
  place = '',
): readonly string[] {
  const ours = new Map((isList(documents) ? documents : []).filter(isObject).map((each) => [String(each.name), each]));
  const missing = definitions
    .filter(({ name }) => !ours.has(name))
    .map(({ name }) => `${place}${name}: only in the RFC`);
  return [
    ...missing,
    ...[...ours].flatMap(([name, document]) => {
      const wanted = definitions.find((each) => each.name === name);
      if (wanted === undefined) return [`${place}${name}: only here`];
      const words = Object.entries(defaults).flatMap(([word, fallback]) => {
        const here = document[word] ?? fallback;
        const there = Object.entries(wanted).find(([member]) => member === word)?.[1] ?? fallback;
        return String(here) === String(there)
          ? []
          : [`${place}${name}.${word}: ${String(here)}, in the RFC ${String(there)}`];
      });
      return [...words, ...differences(document.subAttributes, wanted.subAttributes ?? [], `${place}${name}.`)];
    }),
  ];
}

const defaults: Readonly<Record<string, string | boolean | readonly string[]>> = {
  type: 'string',
  multiValued: false,
  required: false,
  caseExact: false,
  mutability: 'readWrite',
  returned: 'default',
  uniqueness: 'none',
  canonicalValues: [],
  referenceTypes: [],
};
