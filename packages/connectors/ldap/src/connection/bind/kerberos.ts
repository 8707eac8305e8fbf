import { isProblem, problem } from '@joinery/problems';
import type { ConnectionSettings } from '../../configuration/settings.ts';
import type { BindResult } from '../../protocol/result.ts';
import { orAborted } from '../or-aborted.ts';
import type { Credentials } from './credentials.ts';
import { type KerberosClient, loadKerberos } from './kerberos-package.ts';
import { fetchTicket } from './kinit.ts';
import { bindRefusal } from './refusal.ts';

type KerberosBind = Extract<ConnectionSettings['bind'], { readonly kind: 'gssapi' }>;

const saslBindInProgress = 14;
/** More steps than any Kerberos exchange takes: context, mutual authentication, layer. */
const mostSteps = 8;
/** `GSS_MECH_OID_KRB5` of the package. */
const kerberosMechanism = 9;
/**
 * RFC 4752 3.1: no security layer chosen, no buffer; TLS encrypts where encryption is wanted. There is no choice: the package wraps
 * this one message and no data.
 */
const noSecurityLayer = Buffer.from([1, 0, 0, 0]);

/** How a step of a bind is sent. */
type Send = (credentials: Credentials) => Promise<BindResult>;

/**
 * Signs in with Kerberos (SASL GSSAPI, RFC 4752; LDAP sheet 5.9) as `user@realm` to the service `ldap/<host>`: with the password, or
 * without one with the ticket cache or client keytab of this process.
 * @param server name in the service principal, place for errors, and the module of the package
 * @throws LDAP_KERBEROS_UNAVAILABLE, LDAP_KERBEROS_FAILED, LDAP_BIND_REFUSED, LDAP_CREDENTIALS_MISSING, the signal's reason
 */
export async function bindByKerberos(
  how: KerberosBind,
  send: Send,
  server: { readonly name: string; readonly place: string; readonly kerberosModule: string },
  signal: AbortSignal,
): Promise<void> {
  const { place } = server;
  const kerberos = await loadKerberos(server.kerberosModule);
  const { client, token: first } = await oneAtATime(signal, async () => {
    const options = await clientOptions(how, place, signal);
    const client = await inKerberos(place, () => kerberos.initializeClient(`ldap@${server.name}`, options));
    return { client, token: await inKerberos(place, () => client.step('')) };
  });
  let token = first;
  let layerChosen = false;
  for (let step = 0; step < mostSteps; step += 1) {
    const result = await send({ kind: 'sasl', mechanism: 'GSSAPI', credentials: Buffer.from(token ?? '', 'base64') });
    // A server that says yes before its own proof was checked has proved nothing.
    if (result.code === 0 && layerChosen) return;
    if (result.code !== saslBindInProgress && result.code !== 0) throw bindRefusal(result, place);
    if (result.code === 0 || layerChosen) break;
    const challenge = Buffer.from(result.serverSaslCredentials ?? []).toString('base64');
    layerChosen = client.contextComplete;
    token = await inKerberos(place, () => (layerChosen ? chooseLayer(client, challenge) : client.step(challenge)));
  }
  throw problem('LDAP_KERBEROS_FAILED', 'The server does not keep to the steps of the sign-in.', { place });
}

let ticketInUse: Promise<unknown> = Promise.resolve();

/**
 * The ticket cache belongs to the whole process: what one connector puts there for its account is to be used before another one
 * puts something else in its place.
 */
async function oneAtATime<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> {
  const before = ticketInUse;
  const { promise: done, resolve: finish } = Promise.withResolvers<void>();
  ticketInUse = before.then(() => done);
  try {
    await orAborted(before, signal);
    return await work();
  } finally {
    finish();
  }
}

/** The answer to the server's offer of layers: none, which it must allow (bit 1 of the first octet, RFC 4752 3.3). */
async function chooseLayer(client: KerberosClient, challenge: string): Promise<string> {
  const offered = Buffer.from((await client.unwrap(challenge)) ?? '', 'base64')[0] ?? 0;
  if ((offered & 1) === 0) {
    throw problem('LDAP_KERBEROS_FAILED', 'The server wants every message signed or sealed by Kerberos.', {
      fix: 'Choose a Kerberos binding over SSL or TLS.',
    });
  }
  return (await client.wrap(noSecurityLayer.toString('base64'))) ?? '';
}

/** As whom to sign in: `user@REALM`, with the realm of krb5.conf where none is given. Windows takes the password itself. */
async function clientOptions(
  { user, realm, password }: KerberosBind,
  place: string,
  signal: AbortSignal,
): Promise<Readonly<Record<string, string | number>>> {
  const mechOID = kerberosMechanism;
  const principal = user === '' || user.includes('@') || realm === '' ? user : `${user}@${realm}`;
  const secret = password() ?? '';
  if (secret === '') return principal === '' ? { mechOID } : { mechOID, principal };
  if (principal === '') throw problem('LDAP_CREDENTIALS_MISSING', 'There is a password but no user name.');
  if (process.platform === 'win32') return { mechOID, user, domain: realm, password: secret };
  await fetchTicket(principal, secret, place, signal);
  return { mechOID, principal };
}

/** What the library throws is text of the Kerberos system, such as `Server not found in Kerberos database`; it holds no secret. */
async function inKerberos<T>(place: string, call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    if (isProblem(error)) throw error;
    const text = error instanceof Error ? error.message : 'no reason given';
    throw problem('LDAP_KERBEROS_FAILED', `Kerberos says: ${text}`, { place, cause: error });
  }
}
