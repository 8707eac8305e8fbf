import fc from 'fast-check';
import type { Control } from '../../src/protocol/control.ts';
import { allOf, anyOf, contains } from '../../src/protocol/filter/build.ts';
import type { Filter, OctetString } from '../../src/protocol/filter.ts';
import type { AttributeValues, Request, SearchRequest } from '../../src/protocol/request.ts';
import type { LdapResult } from '../../src/protocol/result.ts';

export const text = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc.string({ unit: 'binary' }),
  fc.string({ unit: fc.constantFrom(...'()*\\&|!=<>~: \0\x7faé') }),
);
/** Octets that are no UTF-8: text would have been the other form of the same. */
export const octets = fc.uint8Array({ minLength: 1, maxLength: 40 }).map((bytes) => Uint8Array.of(...bytes, 0xff));
export const value: fc.Arbitrary<OctetString> = fc.oneof(text, octets);
export const description = fc.constantFrom(
  'cn',
  'objectClass',
  'userCertificate;binary',
  '2.5.4.3',
  'member;range=0-1',
);
const filterDescription = fc.constantFrom('cn', 'objectClass', 'userCertificate;binary', '2.5.4.3;lang-de');
export const dn = fc.constantFrom('', 'cn=a,dc=contoso,dc=lab', 'cn=Zoë\\, 1,ou=ä');
export const messageId = fc.oneof(
  fc.constantFrom(1, 127, 128, 32767, 32768, 0x7fffffff),
  fc.integer({ min: 1, max: 0x7fffffff }),
);

const attributeValues: fc.Arbitrary<AttributeValues> = fc.record({
  type: description,
  values: fc.array(
    fc.oneof(
      { weight: 20, arbitrary: value },
      fc.constantFrom(200, 70_000).map((length) => 'x'.repeat(length)),
    ),
    {
      maxLength: 4,
    },
  ),
});

export const request: fc.Arbitrary<Request> = fc.oneof(
  fc.record({ operation: fc.constant('add' as const), dn, attributes: fc.array(attributeValues, { maxLength: 5 }) }),
  fc.record({
    operation: fc.constant('modify' as const),
    dn,
    modifications: fc.array(
      fc
        .tuple(fc.constantFrom('add', 'delete', 'replace'), attributeValues)
        .map(([operation, values]) => ({ operation, ...values })),
      { maxLength: 5 },
    ),
  }),
  fc.record({ operation: fc.constant('delete' as const), dn }),
  fc.record(
    {
      operation: fc.constant('modifyDN' as const),
      dn,
      newRdn: fc.constantFrom('cn=b', 'cn=b\\\\'),
      deleteOldRdn: fc.boolean(),
      newSuperior: fc.constantFrom('ou=x', 'dc=lab'),
    },
    { requiredKeys: ['operation', 'dn', 'newRdn', 'deleteOldRdn'] },
  ),
  fc.record({ operation: fc.constant('compare' as const), dn, attribute: description, value }),
  fc.record(
    { operation: fc.constant('extended' as const), name: fc.constantFrom('1.3.6.1.4.1.4203.1.11.3'), value: octets },
    { requiredKeys: ['operation', 'name'] },
  ),
);

export const filter: fc.Arbitrary<Filter> = fc.letrec<{ filter: Filter }>((tie) => ({
  filter: fc.oneof(
    { maxDepth: 4, depthSize: 'small' },
    fc.record({
      kind: fc.constantFrom('equality', 'greaterOrEqual', 'lessOrEqual', 'approximate'),
      attribute: filterDescription,
      value,
    }),
    fc.record({ kind: fc.constant('present' as const), attribute: filterDescription }),
    fc
      .tuple(filterDescription, value, fc.array(value, { maxLength: 3 }), value)
      .map(([attribute, initial, any, final]) => contains(attribute, { initial, any, final })),
    fc
      .record(
        {
          kind: fc.constant('extensible' as const),
          attribute: filterDescription,
          rule: fc.constantFrom('caseExactMatch', '1.2.840.113556.1.4.803'),
          value,
          dnAttributes: fc.boolean(),
        },
        { requiredKeys: ['kind', 'value', 'dnAttributes'] },
      )
      // One of the two must be there (RFC 4511 4.5.1.7.7).
      .map((filter) => ('rule' in filter || 'attribute' in filter ? filter : { ...filter, attribute: 'cn' })),
    fc.array(tie('filter'), { minLength: 1, maxLength: 4 }).map(allOf),
    fc.array(tie('filter'), { minLength: 1, maxLength: 4 }).map(anyOf),
    tie('filter').map((filter): Filter => ({ kind: 'not', filter })),
  ),
})).filter;

export const search: fc.Arbitrary<SearchRequest> = fc.record(
  {
    base: dn,
    scope: fc.constantFrom('base', 'one', 'sub'),
    filter,
    attributes: fc.array(description, { maxLength: 4 }),
    sizeLimit: fc.nat(100_000),
  },
  { requiredKeys: ['base', 'scope', 'filter', 'attributes'] },
);

export const controls: fc.Arbitrary<Control[]> = fc.array(
  fc.record(
    {
      oid: fc.constantFrom('1.2.840.113556.1.4.319', '1.3.6.1.1.13.2'),
      critical: fc.boolean(),
      value: fc.uint8Array(),
    },
    { requiredKeys: ['oid', 'critical'] },
  ),
  { maxLength: 3 },
);

export const result: fc.Arbitrary<LdapResult> = fc.record({
  code: fc.constantFrom(0, 10, 49, 80, 122, 4096),
  matchedDn: dn,
  diagnosticMessage: text,
  referrals: fc.array(fc.constantFrom('ldap://a/dc=b', 'ldaps://ä.example/??sub'), { maxLength: 3 }),
  controls,
});
