import { readFileSync } from 'node:fs';
import { Client } from 'ldapts';
import { type Place, pageSize } from './place.ts';

/** Reads everybody by the library that most programs use, as its documentation says, and stores nobody. */
export async function readByLibrary(place: Place): Promise<number> {
  const { host, port, encrypted, caFile } = place;
  const client = encrypted
    ? new Client({ url: `ldaps://${host}:${port}`, tlsOptions: { ca: readFileSync(caFile) } })
    : new Client({ url: `ldap://${host}:${port}` });
  await client.bind(place.user, place.password);
  let count = 0;
  // Its own time limit is ten seconds.
  const options = { scope: 'sub', filter: '(objectClass=inetOrgPerson)', timeLimit: 0, paged: { pageSize } } as const;
  for await (const { searchEntries } of client.searchPaginated(place.base, options)) count += searchEntries.length;
  await client.unbind();
  return count;
}
