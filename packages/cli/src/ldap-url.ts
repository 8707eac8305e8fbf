import { problem } from '@joinery/problems';

/** What an LDAP URL (RFC 4516) says of a server, as far as one can be inspected by it. */
export interface LdapUrl {
  readonly server: { readonly host: string; readonly port: number };
  readonly ldaps: boolean;
  /** The DN behind the host, if there is one. */
  readonly base: string | undefined;
}

/** @throws CLI_USAGE for what is no `ldap://` or `ldaps://` address */
export function parseLdapUrl(text: string): LdapUrl {
  const url = URL.parse(text);
  if (url === null || (url.protocol !== 'ldap:' && url.protocol !== 'ldaps:') || url.hostname === '') {
    throw problem('CLI_USAGE', `"${text}" is not of the form ldap://host[:port] or ldaps://host[:port].`);
  }
  if (url.username !== '' || url.password !== '') {
    throw problem('CLI_USAGE', 'An account does not belong into the address: others can see it there.', {
      fix: 'Use --bind-dn and --password-file.',
    });
  }
  const ldaps = url.protocol === 'ldaps:';
  const base = decoded(url.pathname.slice(1));
  return {
    // An IPv6 address stands in brackets in a URL and nowhere else.
    server: {
      host: url.hostname.replace(/^\[|\]$/g, ''),
      port: url.port === '' ? (ldaps ? 636 : 389) : Number(url.port),
    },
    ldaps,
    base: base === '' ? undefined : base,
  };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch (error) {
    throw problem('CLI_USAGE', `"${text}" is no distinguished name in the form of a URL.`, { cause: error });
  }
}
