import { randomUUID } from 'node:crypto';
import { onTestFinished } from 'vitest';
import type { Later } from '../folder.ts';
import { deleteTree, ldapadd, type Reach } from './commands.ts';

/**
 * A container of one test's own under the server's suffix, removed afterwards with all that is in it.
 * @returns its DN, `ou=t-…,dc=contoso,dc=lab`
 */
export async function freshBase(
  server: Reach & { readonly suffix: string },
  later: Later = onTestFinished,
): Promise<string> {
  const name = `t-${randomUUID()}`;
  const dn = `ou=${name},${server.suffix}`;
  await ldapadd(server, `dn: ${dn}\nobjectClass: organizationalUnit\nou: ${name}\n`);
  later(() => deleteTree(server, dn));
  return dn;
}
