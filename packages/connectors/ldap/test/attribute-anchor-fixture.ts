import { directoryFixture } from './directory-fixture.ts';

/** An attribute as anchor, which the caller gives and a rename does not touch. */
export const fixture = directoryFixture(import.meta.url, { container: 'contract-number', anchor: 'employeeNumber' });
