import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fuzzMs, mutated, share, withinASecond } from '../../../../../testing/fuzz-runs.ts';
import { publishedSchema } from '../../src/schema/published-schema.ts';

/** As OpenLDAP, 389, ApacheDS and Samba write them. */
const definitions = [
  "( 2.5.4.4 NAME ( 'sn' 'surname' ) DESC 'last (family) name(s)' SUP name EQUALITY caseIgnoreMatch SYNTAX 1.3.6.1.4.1.1466.115.121.1.15{32768} SINGLE-VALUE X-ORDERED 'VALUES' )",
  "( sslVersionMin-oid NAME 'sslVersionMin' SYNTAX 1.3.6.1.4.1.1466.115.121.1.15 X-ORIGIN ( 'Netscape' 'user defined' ) )",
  "( 1.3.6.1.4.1.1466.115.121.1.43 DESC 'Presentation Address' X-SCHEMA 'system' X-NOT-HUMAN-READABLE 'false' )",
  "( 1.2.840.113556.1.4.2 NAME 'objectGUID' SYNTAX '1.3.6.1.4.1.1466.115.121.1.40' SINGLE-VALUE NO-USER-MODIFICATION )",
  "( 2.5.6.6 NAME 'person' SUP top STRUCTURAL MUST (cn ) MAY (sn $ title ) )",
  "( 1.2.840.113556.1.5.9 NAME 'user' SUP ( person $ top ) AUX ( mailRecipient $ posixAccount ) MUST (sAMAccountName ) NOT sn )",
];
const pieces = [
  '(',
  ')',
  '$',
  "'",
  ' ',
  '\\27',
  '\\5C',
  '\\',
  'NAME',
  'SUP',
  'MAY',
  'X-A',
  'AUX',
  '{5}',
  '\0',
  'top',
  'sn',
];
const texts = fc.array(mutated(fc.constantFrom(...definitions), pieces), { maxLength: 6 });

test(
  'L21 whatever a server publishes is read or skipped with a reason, within a second, and asked for by any name',
  () => {
    fc.assert(
      fc.property(texts, texts, fc.string(), (some, others, name) => {
        const schema = withinASecond(() =>
          publishedSchema({ attributeTypes: some, objectClasses: others, ldapSyntaxes: others, contentRules: some }),
        );
        expect(schema.skipped.every(({ reason }) => reason !== '')).toBe(true);
        for (const { name: each } of [...schema.objectClasses, ...schema.attributeTypes, { name }]) {
          expect(schema.lineage(each).has(each.toLowerCase())).toBe(true);
          const { must, may } = schema.attributesOf(each);
          expect([...must].some((attribute) => may.has(attribute))).toBe(false);
        }
      }),
      share(0.05),
    );
  },
  fuzzMs,
);
