import { describe } from 'vitest';
import { cancelTests } from './cancel.ts';
import { concurrencyTests } from './concurrency.ts';
import { deltaTests } from './delta.ts';
import { exportTests } from './export.ts';
import { exportSessionTests } from './export-session.ts';
import type { ContractFixture } from './fixture.ts';
import { importTests } from './import.ts';
import { killTests } from './kill.ts';
import { lookupTests } from './lookup.ts';
import { reachTests } from './reach.ts';

export type { Capability, ContractFixture, ContractObject, ContractTarget } from './fixture.ts';

/**
 * Registers the tests that every connector passes, for the capabilities that the fixture names. One of them is that the connector has exactly these.
 * @param name what the tests are called after, e.g. `csv`
 */
export function connectorContract(name: string, fixture: ContractFixture): void {
  describe(`contract of connectors: ${name}`, () => {
    const has = new Set(fixture.capabilities);
    reachTests(fixture);
    if (has.has('fullImport')) importTests(fixture);
    if (has.has('fullImport') && has.has('deltaImport')) deltaTests(fixture);
    if (has.has('lookup')) lookupTests(fixture);
    if (has.has('export')) exportTests(fixture);
    if (has.has('export')) exportSessionTests(fixture);
    if (has.has('export')) killTests(fixture);
    cancelTests(fixture, has);
    concurrencyTests(fixture, has);
  });
}
