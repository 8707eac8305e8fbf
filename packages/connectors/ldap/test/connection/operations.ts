import type { Connection } from '../../src/connection/connection.ts';

/** Whom the server takes the connection for (RFC 4532), in lower case, e.g. `dn:cn=admin,dc=contoso,dc=lab`; empty for nobody. */
export async function whoAmI(connection: Connection, signal: AbortSignal): Promise<string> {
  const answer = await connection.extended('1.3.6.1.4.1.4203.1.11.3', undefined, signal);
  // 389 puts a blank after the colon.
  return Buffer.from(answer.responseValue ?? [])
    .toString()
    .toLowerCase()
    .replace('dn: ', 'dn:');
}

/** How many entries there are below the base, itself included. */
export async function countBelow(connection: Connection, base: string, signal: AbortSignal): Promise<number> {
  let count = 0;
  const result = await connection.search(
    { base, scope: 'sub', filter: { kind: 'present', attribute: 'objectClass' }, attributes: ['1.1'] },
    {
      onEntry: () => {
        count += 1;
      },
    },
    signal,
  );
  if (result.code !== 0) throw new Error(`The search ended with ${result.code}.`);
  return count;
}
