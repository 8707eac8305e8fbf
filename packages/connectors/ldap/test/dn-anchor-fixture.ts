import { directoryFixture } from './directory-fixture.ts';

/** The distinguished name as anchor, as the original has it for most servers. */
export const fixture = directoryFixture(import.meta.url, { container: 'contract-dn', anchor: 'entryDN' });
