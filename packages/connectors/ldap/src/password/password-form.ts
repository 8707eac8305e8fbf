import { type AttributeValue, formatValue, nameKey } from '@joinery/connector';
import { isMicrosoft } from '../account/families.ts';
import { isLoopbackHost } from '../connection/loopback.ts';
import type { LdapContext } from '../context.ts';
import type { ServerKind } from '../detection/profile.ts';
import type { ExportFault } from '../export/fault.ts';
import type { OctetString } from '../protocol/filter.ts';
import { warnOfClearText } from './clear-text-warning.ts';
import { hashed, isHashed } from './hash.ts';
import { unicodePassword } from './unicode-password.ts';

const keepAsTheyCome: ReadonlySet<ServerKind> = new Set(['OpenLDAP', 'Generic']);

/** False for servers that keep a password as it comes, unless somebody hashes it (LDAP sheet 5.7). */
export function hashesItself(kind: ServerKind): boolean {
  return !keepAsTheyCome.has(kind);
}

/** In which attribute a server keeps the password of an entry, and in what form it is written there (LDAP sheet 5.7). */
export class PasswordForm {
  readonly #context: LdapContext;
  /** As the server's schema spells it. */
  readonly attribute: string;

  constructor(context: LdapContext) {
    this.#context = context;
    const { schema, profile } = context;
    this.attribute = schema.attributeType(profile.passwordAttribute)?.name ?? profile.passwordAttribute;
  }

  /** True for `unicodePwd`, which only encrypted connections carry. */
  get isUnicode(): boolean {
    return nameKey(this.attribute) === 'unicodepwd';
  }

  isPassword(attribute: string): boolean {
    const { schema, profile } = this.#context;
    const key = nameKey(schema.attributeType(attribute)?.name ?? attribute);
    return key === nameKey(this.attribute) || (key === 'unicodepwd' && isMicrosoft(profile.kind));
  }

  /** A password as it is written into the attribute. */
  written(password: string): OctetString {
    const { profile, settings, random } = this.#context;
    if (this.isUnicode) return unicodePassword(password);
    if (hashesItself(profile.kind)) return password;
    switch (settings.passwordHashing) {
      case 'SSHA':
      case 'SSHA512':
        return hashed(password, settings.passwordHashing, random);
      case 'server':
        // One request cannot both write an entry and have the server hash. Any OpenLDAP knows {SSHA}; of others nothing is known.
        if (profile.kind === 'OpenLDAP') return hashed(password, 'SSHA', random);
        warnOfClearText(this.#context);
        return password;
      case 'none':
        warnOfClearText(this.#context);
        return password;
    }
  }

  /** A value that a mapping brings: a password, or what has been made of one already. */
  mapped(value: AttributeValue): OctetString {
    if (value instanceof Uint8Array) return value;
    const text = formatValue(value);
    return !this.isUnicode && isHashed(text) ? text : this.written(text);
  }

  /** Why no password may be sent over the connections that are configured; undefined where it may. */
  whyNotSent(): ExportFault | undefined {
    const { transport, servers } = this.#context.settings.connection;
    if (transport !== 'clear') return undefined;
    if (this.isUnicode) return notEncrypted('This server takes passwords over an encrypted connection only.');
    return servers.every(({ host }) => isLoopbackHost(host))
      ? undefined
      : notEncrypted('Passwords of people are not sent over the network unencrypted.');
  }
}

function notEncrypted(sentence: string): ExportFault {
  return {
    errorCode: 'ExportErrorConnectedDirectoryError',
    errorName: 'connectionNotEncrypted',
    errorDetail: `${sentence} Choose the Binding SSL or TLS. Nothing was sent.`,
  };
}
