import type { ConnectorContext } from '@joinery/connector';
import type { LdapSettings } from './configuration/settings.ts';
import type { Directory } from './connection/connection.ts';
import type { ServerProfile } from './detection/profile.ts';
import type { DirectorySchema } from './schema/directory-schema.ts';

/** What imports, exports, look-ups and passwords of one connector share, once the server is known. */
export interface LdapContext extends ConnectorContext {
  readonly settings: LdapSettings;
  readonly directory: Directory;
  readonly profile: ServerProfile;
  readonly schema: DirectorySchema;
}
