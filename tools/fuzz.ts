/*
 * The fuzz tests of what reads foreign text and octets, with ten times the runs that they have in every test run. Usage: npm run fuzz, or
 * JOINERY_FUZZ_RUNS=5000000 npm run fuzz.
 */
import { startVitest } from 'vitest/node';

process.env.JOINERY_FUZZ_RUNS ??= '1000000';
await startVitest(
  'test',
  [
    'packages/scim/test/fuzz',
    'packages/connector/test/dn-fuzz',
    'packages/connectors/ldap/test/protocol/fuzz',
    'packages/connectors/ldap/test/schema/fuzz',
    'packages/powershell/test/parse-fuzz',
    'packages/powershell/test/data-fuzz',
  ],
  { watch: false },
);
