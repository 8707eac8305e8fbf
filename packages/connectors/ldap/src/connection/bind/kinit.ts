import { spawn } from 'node:child_process';
import { type Problem, problem } from '@joinery/problems';
import { systemErrorCode } from '@joinery/runtime';

/** What the Kerberos system says where the account or its password is at fault, and not the way to it. */
const refusals =
  /Preauthentication failed|Password incorrect|not found in Kerberos database|revoked|Password has expired/i;

/**
 * Fetches a ticket for an account with its password, into the ticket cache of this process's account, as a person does with `kinit`.
 * The password goes through the program's standard input.
 * @throws LDAP_BIND_REFUSED for a wrong account or password, LDAP_KERBEROS_FAILED, LDAP_KERBEROS_UNAVAILABLE without the program,
 *   the signal's reason
 */
export async function fetchTicket(
  principal: string,
  password: string,
  place: string,
  signal: AbortSignal,
): Promise<void> {
  const { code, said } = await runKinit(principal, password, signal);
  if (code === 0) return;
  throw problem(refusals.test(said) ? 'LDAP_BIND_REFUSED' : 'LDAP_KERBEROS_FAILED', `Kerberos says: ${said}`, {
    place,
  });
}

async function runKinit(
  principal: string,
  password: string,
  signal: AbortSignal,
): Promise<{ readonly code: number | null; readonly said: string }> {
  const { promise, resolve, reject } = Promise.withResolvers<number | null>();
  const program = spawn('kinit', ['--', principal], {
    stdio: ['pipe', 'ignore', 'pipe'],
    env: { ...process.env, LC_ALL: 'C' },
    signal,
  });
  let said = '';
  program.stderr.setEncoding('utf8').on('data', (text: string) => {
    said = (said + text).slice(-500);
  });
  program.once('error', reject).once('close', resolve);
  // It may end before it reads; its code tells.
  program.stdin.on('error', () => {}).end(`${password}\n`);
  try {
    return { code: await promise, said: said.trim().split('\n').at(-1) ?? '' };
  } catch (error) {
    signal.throwIfAborted();
    throw kinitMissing(error);
  }
}

function kinitMissing(error: unknown): Problem {
  const why = systemErrorCode(error) === 'ENOENT' ? 'is not installed' : 'cannot be run';
  return problem('LDAP_KERBEROS_UNAVAILABLE', `The program kinit, which turns a password into a ticket, ${why}.`, {
    cause: error,
    fix: 'Install it (Debian: krb5-user); or leave the password empty, and give the service a keytab (KRB5_CLIENT_KTNAME) or a ticket cache (KRB5CCNAME).',
  });
}
