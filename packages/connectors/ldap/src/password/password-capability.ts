import {
  type CSEntryChange,
  canonicalDn,
  dnKey,
  exportResultToProblem,
  objectPlace,
  type PasswordCapability,
  type PasswordOptions,
} from '@joinery/connector';
import { problem } from '@joinery/problems';
import { accountRules } from '../account/account-rules.ts';
import { enableAccount } from '../account/enable-account.ts';
import { clearTextRefused } from '../connection/clear-text.ts';
import type { Connection } from '../connection/connection.ts';
import type { LdapContext } from '../context.ts';
import { exportMemory } from '../export/export-memory.ts';
import { failed } from '../export/fault.ts';
import type { Written } from '../export/identity.ts';
import { Lanes } from '../export/lanes.ts';
import { asked } from '../export/outcome.ts';
import { ExportScope } from '../export/scope.ts';
import { Turn } from '../export/turn.ts';
import { assertionOid } from '../protocol/control/assertion.ts';
import { resultCode } from '../protocol/result-code.ts';
import { halfDone } from './half-done.ts';
import type { PasswordCall } from './password-call.ts';
import { PasswordForm } from './password-form.ts';
import { passwordMethod } from './password-method.ts';
import { optionModifications } from './password-options.ts';
import { isWrongOldPassword, passwordFault, wrongOldPassword } from './password-policy.ts';

/**
 * Passwords of entries (LDAP sheet 5.7): set by the right of the connector's account, or changed by knowledge of the old one, each by the
 * method of the kind of server. The entry is found by its anchor, wherever it has been moved to.
 * @param known what is known of the server that is connected to
 */
export function passwordCapability(known: (signal: AbortSignal) => Promise<LdapContext>): PasswordCapability {
  return {
    set: async (entry, password, options, signal) => setPassword(await known(signal), entry, password, options, signal),
    change: async (entry, oldPassword, newPassword, signal) =>
      changePassword(await known(signal), entry, oldPassword, newPassword, signal),
  };
}

/**
 * Sets a password. The account of an Add that was made disabled for want of one is enabled, unless the Add asks for it disabled.
 * @throws CONNECTOR_VALUE_INVALID where a policy refuses it, CONNECTOR_OBJECT_MISSING, CONNECTOR_REFUSED and what else a write ends with;
 *   LDAP_CLEAR_TEXT_REFUSED, LDAP_PASSWORD_OPTION_UNSUPPORTED: then nothing was sent
 */
async function setPassword(
  context: LdapContext,
  entry: CSEntryChange,
  password: string,
  options: PasswordOptions,
  signal: AbortSignal,
): Promise<void> {
  optionModifications(context, options);
  await withCall(context, entry, password, options, signal, async (call) => {
    const { turn } = call;
    const written = await passwordMethod(context).set(call);
    assertDone(call, written, []);
    const refusal = await enableAccount(turn, call.entry, written.dn);
    if (refusal !== undefined) throw halfDone(call, refusal, written.dn, 'the account could not be enabled');
  });
}

/** @throws as {@link setPassword}; CONNECTOR_VALUE_INVALID also where the old password is wrong */
async function changePassword(
  context: LdapContext,
  entry: CSEntryChange,
  oldPassword: string,
  password: string,
  signal: AbortSignal,
): Promise<void> {
  assertNotEmpty(entry, oldPassword);
  await withCall(context, entry, password, {}, signal, async (call) => {
    const written = await passwordMethod(context).change(call, oldPassword);
    if (written.result.code !== resultCode.success && isWrongOldPassword(written.result)) throw wrongOldPassword(entry);
    assertDone(call, written, [oldPassword]);
  });
}

/** One call on a connection for passwords, while nobody else of this process writes the entry. */
async function withCall(
  context: LdapContext,
  given: CSEntryChange,
  password: string,
  options: PasswordOptions,
  signal: AbortSignal,
  work: (call: PasswordCall) => Promise<void>,
): Promise<void> {
  assertNotEmpty(given, password);
  const dn = given.dn === undefined ? undefined : canonicalDn(given.dn);
  if (dn === undefined || dn === '') {
    throw problem('CONNECTOR_VALUE_INVALID', 'An entry without a distinguished name cannot have a password.', {
      place: objectPlace(given),
    });
  }
  const entry = { ...given, dn };
  const memory = exportMemory(context.directory);
  using hold = memory.locks.claim({ exclusive: new Set([dnKey(dn) ?? dn]), shared: new Set() });
  await hold.ready;
  const { directory } = context;
  await using lanes = new Lanes({
    directory: {
      connect: (_, within) => directory.connect('password', within),
      shared: (_, within) => directory.shared('password', within),
    },
    connections: 1,
    window: 1,
  });
  // Extended operations take no assertion: the entry is compared before it gets its password.
  const refusedControls = new Set([...memory.refusedControls, assertionOid]);
  const scope = new ExportScope(context, { types: [] }, accountRules(context), { ...memory, refusedControls });
  using turn = await Turn.begin(scope, lanes, signal);
  const form = new PasswordForm(context);
  assertSafe(turn.connection, form);
  await work({ context, turn, form, entry, password, options, signal });
}

/** An empty password is nobody's (RFC 4513 5.1.2); servers take it for a wish to have none. */
function assertNotEmpty(entry: CSEntryChange, password: string): void {
  if (password !== '') return;
  throw problem('CONNECTOR_VALUE_INVALID', 'A password cannot be empty.', { place: objectPlace(entry) });
}

/** Nothing is sent over a connection on which somebody may listen; not all that is safe from that is enough for `unicodePwd` (L60). */
function assertSafe({ confidential, encrypted, server }: Connection, form: PasswordForm): void {
  if (!confidential) throw clearTextRefused(server);
  if (!form.isUnicode || encrypted) return;
  throw problem(
    'LDAP_CLEAR_TEXT_REFUSED',
    'This server takes passwords over an encrypted connection only; no password was sent.',
    { place: `${server.host}:${server.port}`, fix: 'Choose the Binding SSL or TLS.' },
  );
}

function assertDone(
  { turn, form, entry, password }: PasswordCall,
  { result, dn }: Written,
  others: readonly string[],
): void {
  if (result.code === resultCode.success) return;
  const about = { ...asked(turn.scope, 'modify', dn), attribute: form.attribute };
  const secrets = [password, ...others].flatMap((each) => [each, form.written(each)]);
  const found = exportResultToProblem(failed(entry.identifier, passwordFault(result, { ...about, secrets })), entry);
  if (found !== undefined) throw found;
}
