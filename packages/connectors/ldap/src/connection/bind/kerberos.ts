import { isProblem, problem } from '@joinery/problems';
import type { ConnectionSettings } from '../../configuration/settings.ts';
import type { BindResult } from '../../protocol/result.ts';
import type { Credentials } from './bind.ts';
import { type KerberosClient, loadKerberos } from './kerberos-package.ts';
import { bindRefusal } from './refusal.ts';

type KerberosBind = Extract<ConnectionSettings['bind'], { readonly kind: 'gssapi' }>;

const saslBindInProgress = 14;
/** More steps than any Kerberos exchange takes: context, mutual authentication, layer. */
const mostSteps = 8;
/** `GSS_MECH_OID_KRB5` of the package. */
const kerberosMechanism = 9;
/** RFC 4752 3.1: no security layer chosen, no buffer; TLS encrypts where encryption is wanted. */
const noSecurityLayer = Buffer.from([1, 0, 0, 0]);

/**
 * Signs in with Kerberos (SASL GSSAPI, RFC 4752; LDAP sheet 5.9) as `user@realm` to the service `ldap/<host>`: with the ticket cache
 * or client keytab of this process, or on Windows with a password.
 * @param service the host's name in the service principal
 * @throws LDAP_KERBEROS_UNAVAILABLE, LDAP_KERBEROS_FAILED, LDAP_BIND_REFUSED
 */
export async function bindByKerberos(
  how: KerberosBind,
  service: string,
  send: (credentials: Credentials) => Promise<BindResult>,
  place: string,
  kerberosModule: string,
): Promise<void> {
  const kerberos = await loadKerberos(kerberosModule);
  const options = clientOptions(how);
  const client = await inKerberos(how, place, () => kerberos.initializeClient(`ldap@${service}`, options));
  let token = await inKerberos(how, place, () => client.step(''));
  let layerChosen = false;
  for (let step = 0; step < mostSteps; step += 1) {
    const result = await send({ kind: 'sasl', mechanism: 'GSSAPI', credentials: Buffer.from(token ?? '', 'base64') });
    // A server that says yes before its own proof was checked has proved nothing.
    if (result.code === 0 && layerChosen) return;
    if (result.code !== saslBindInProgress && result.code !== 0) throw bindRefusal(result, place);
    if (result.code === 0 || layerChosen) break;
    const challenge = Buffer.from(result.serverSaslCredentials ?? []).toString('base64');
    layerChosen = client.contextComplete;
    token = await inKerberos(how, place, () => (layerChosen ? chooseLayer(client, challenge) : client.step(challenge)));
  }
  throw problem('LDAP_KERBEROS_FAILED', 'The server does not keep to the steps of the sign-in.', { place });
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

/** `user@REALM`; the realm of krb5.conf where none is given. A password is of use on Windows only: elsewhere tickets are the system's. */
function clientOptions({ user, realm, password }: KerberosBind): Readonly<Record<string, string | number>> {
  const mechOID = kerberosMechanism;
  const secret = password() ?? '';
  if (secret === '') {
    const principal = user === '' || user.includes('@') || realm === '' ? user : `${user}@${realm}`;
    return principal === '' ? { mechOID } : { mechOID, principal };
  }
  if (process.platform === 'win32') return { mechOID, user, domain: realm, password: secret };
  throw problem(
    'LDAP_KERBEROS_UNAVAILABLE',
    'On this system a password cannot be turned into a Kerberos ticket here.',
    {
      fix: 'Leave the password empty, and give the service a keytab (KRB5_CLIENT_KTNAME) or a ticket cache that kinit keeps fresh (KRB5CCNAME).',
    },
  );
}

/**
 * What the library throws is text of the Kerberos system, such as `Server not found in Kerberos database`; it holds no secret.
 * With a password it counts as a refusal, so that a wrong one is not tried at every server (L8).
 */
async function inKerberos<T>(how: KerberosBind, place: string, call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    if (isProblem(error)) throw error;
    const text = error instanceof Error ? error.message : 'no reason given';
    const code = (how.password() ?? '') === '' ? 'LDAP_KERBEROS_FAILED' : 'LDAP_BIND_REFUSED';
    throw problem(code, `Kerberos says: ${text}`, { place, cause: error });
  }
}
