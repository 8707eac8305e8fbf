import { canonicalDn, dnKey, formatDn, isAtOrBelow, joinDn, parentDn, parseDn, rdnOf } from '@joinery/connector';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fuzzMs, mutated, share, withinASecond } from '../../../testing/fuzz-runs.ts';

const names = fc.constantFrom(
  '',
  'uid=user1,ou=people,dc=contoso,dc=lab',
  'uid=Smith\\2C John #1 \\2B \\22x\\22 \\5C end\\20,ou=people,dc=contoso,dc=lab',
  'CN=Smith\\, John \\#1 \\+ \\"x\\" \\\\ end\\ ,DC=contoso,DC=lab',
  'cn="Smith, John" ; o=Straße + l=Zoë 😀',
  'CN=us1b\\0ADEL:558643dd-b5b3-9a49-bc06-17df0b95a2e7,CN=Deleted Objects,DC=contoso,DC=lab',
  '1.3.6.1.4.1.1466.0=#04024869,OID.2.5.4.3=\\C3\\A9\\FF',
);
const pieces = [
  '\\',
  '\\\\',
  '\\,',
  '\\C3',
  '\\A9',
  '\\ff',
  ',',
  ';',
  '+',
  '=',
  '"',
  '#',
  ' ',
  '  ',
  '\0',
  '\n',
  '#0401',
  'cn=',
  '<',
  '\ud800',
  'ͺ',
  'İ',
  'ﬁ',
  '\u{1D400}',
];

test(
  'any text, a distinguished name or almost one, has one canonical form and one key, or is none, within a second',
  () => {
    let accepted = 0;
    fc.assert(
      fc.property(mutated(names, pieces), (text) => {
        const dn = withinASecond(() => parseDn(text));
        const [canonical, key] = withinASecond(() => [canonicalDn(text), dnKey(text)]);
        if (dn === undefined) {
          expect([canonical, key, parentDn(text), rdnOf(text)]).toEqual([undefined, undefined, undefined, undefined]);
          return;
        }
        accepted += 1;
        expect(canonical).toBe(formatDn(dn));
        expect(parseDn(canonical ?? '')).toEqual(dn);
        expect([canonicalDn(canonical ?? ''), dnKey(canonical ?? ''), dnKey(key ?? '')]).toEqual([canonical, key, key]);
        const [rdn, parent] = [rdnOf(text), parentDn(text)];
        expect(rdn === undefined ? '' : joinDn(rdn, parent ?? '')).toBe(canonical);
        expect(isAtOrBelow(text, parent ?? '')).toBe(true);
      }),
      share(0.05),
    );
    // Mutation must not drown the grammar: a good part still reads.
    expect(accepted).toBeGreaterThan(share(0.05).numRuns / 20);
  },
  fuzzMs,
);
