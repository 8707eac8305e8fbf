/*
 * The fuzz tests of the SCIM room with ten times the runs that they have in every test run. Usage: npm run fuzz, or
 * JOINERY_FUZZ_RUNS=5000000 npm run fuzz.
 */
import { startVitest } from 'vitest/node';

process.env.JOINERY_FUZZ_RUNS ??= '1000000';
await startVitest('test', ['packages/scim/test/fuzz'], { watch: false });
