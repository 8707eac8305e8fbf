import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from './run-program.ts';

/** A private key and its certificate, as PEM files. */
export interface KeyPair {
  readonly certFile: string;
  readonly keyFile: string;
}

/** A certificate authority of a test's own. */
export interface Authority extends KeyPair {
  /** The authority's own certificate, to be trusted by clients. */
  readonly caFile: string;
  /** Issues a server's certificate; `names` are DNS names and IP addresses, all optional: without any it names nobody. */
  server(name: string, names: readonly string[], days?: number): Promise<KeyPair>;
  /** Issues a client's certificate for a subject as openssl writes it, `/DC=lab/DC=contoso/CN=connector`. */
  client(name: string, subject: string): Promise<KeyPair>;
}

const KEY = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];

/**
 * Makes an authority whose files lie in `folder` (LDAP sheet 8.1).
 * @param title its common name; a second one of another title makes certificates that nobody trusts
 */
export async function makeAuthority(folder: string, title = 'Joinery test CA'): Promise<Authority> {
  const file = title.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-');
  const keyFile = join(folder, `${file}.key`);
  const caFile = join(folder, `${file}.pem`);
  await run('openssl', [
    'req',
    '-x509',
    ...KEY,
    '-days',
    '30',
    '-subj',
    `/CN=${title}`,
    '-keyout',
    keyFile,
    '-out',
    caFile,
  ]);
  const issue = async (name: string, subject: string, extensions: string, days: number): Promise<KeyPair> => {
    const at = (ending: string): string => join(folder, `${name}.${ending}`);
    writeFileSync(at('ext'), extensions);
    await run('openssl', ['req', ...KEY, '-subj', subject, '-keyout', at('key'), '-out', at('csr')]);
    await run('openssl', [
      ...['x509', '-req', '-in', at('csr'), '-CA', caFile, '-CAkey', keyFile, '-CAcreateserial'],
      ...['-days', String(days), '-extfile', at('ext'), '-out', at('pem')],
    ]);
    return { certFile: at('pem'), keyFile: at('key') };
  };
  return {
    certFile: caFile,
    keyFile,
    caFile,
    server: (name, names, days = 30) => {
      const alternatives = names.map((one) => (/^[\d.]+$|:/.test(one) ? `IP:${one}` : `DNS:${one}`));
      const lines = ['extendedKeyUsage=serverAuth'];
      if (alternatives.length > 0) lines.push(`subjectAltName=${alternatives.join(',')}`);
      return issue(name, `/CN=${names.find((one) => /[a-z]/.test(one)) ?? name}`, `${lines.join('\n')}\n`, days);
    },
    client: (name, subject) => issue(name, subject, 'extendedKeyUsage=clientAuth\n', 30),
  };
}
