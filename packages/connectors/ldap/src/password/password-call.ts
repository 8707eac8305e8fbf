import type { CSEntryChange, PasswordOptions } from '@joinery/connector';
import type { LdapContext } from '../context.ts';
import type { Written } from '../export/identity.ts';
import type { Turn } from '../export/turn.ts';
import type { PasswordForm } from './password-form.ts';

/** One password on its way to the entry that has the anchor. */
export interface PasswordCall {
  readonly context: LdapContext;
  readonly turn: Turn;
  readonly form: PasswordForm;
  /** With the entry's name as far as is known. */
  readonly entry: CSEntryChange & { readonly dn: string };
  readonly password: string;
  readonly options: PasswordOptions;
  readonly signal: AbortSignal;
}

/** How a kind of server takes passwords (LDAP sheet 5.7). */
export interface PasswordMethod {
  /** By the administrator's right. */
  set(call: PasswordCall): Promise<Written>;
  /** By knowledge of the old one. */
  change(call: PasswordCall, oldPassword: string): Promise<Written>;
}
