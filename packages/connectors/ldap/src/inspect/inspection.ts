import type { ServerAddress } from '../connection/connection.ts';
import type { PresentedCertificate } from '../connection/tls/presented-certificate.ts';
import type { DeltaStrategy, DisableMethod, ServerKind } from '../detection/profile.ts';

/** A control, extended operation or feature: what the root DSE says of it and what is so. */
export interface Ability {
  readonly oid: string;
  readonly name: string | undefined;
  readonly listed: boolean;
  /** What the connector relies on: knowledge of the kind wins over the list (LDAP sheet 2.3). */
  readonly works: boolean;
  /** What the connector does with it; undefined where it makes no use of it. */
  readonly use: string | undefined;
}

/** What the account sees below one entry. */
export interface BaseView {
  readonly dn: string;
  /** `limited`: a search ended at a limit of the server. */
  readonly state: 'readable' | 'empty' | 'limited' | 'missing' | 'unreadable';
  /** People found before the search ended, at most {@link PROBED}; meaningless unless readable or limited. */
  readonly people: number;
  /** A sentence for the administrator; undefined where there is nothing to say. */
  readonly advice: string | undefined;
}

/** Whether changes since the last import can be found. */
export interface DeltaReadiness {
  readonly strategy: DeltaStrategy | undefined;
  readonly strategies: readonly DeltaStrategy[];
  readonly logDn: string | undefined;
  readonly ready: boolean;
  /** A sentence: what was found, or what is missing. */
  readonly finding: string;
  /** What the strategy needs on this kind of server. */
  readonly needs: string;
}

/** Everything that there is to say about a server before a connector is configured for it. */
export interface Inspection {
  readonly server: ServerAddress;
  readonly encrypted: boolean;
  /** The server's own first; empty without TLS. */
  readonly certificates: readonly PresentedCertificate[];
  readonly kind: ServerKind;
  readonly product: string;
  /** Why it is of this kind, a part of a sentence. */
  readonly reason: string;
  readonly saslMechanisms: readonly string[];
  readonly controls: readonly Ability[];
  readonly extensions: readonly Ability[];
  readonly features: readonly Ability[];
  readonly contexts: readonly { readonly dn: string; readonly system: boolean }[];
  readonly bases: readonly BaseView[];
  readonly schema: { readonly classes: number; readonly attributes: number; readonly skipped: number };
  readonly personClass: string;
  readonly anchor: string;
  /** What keeps naming an entry when it is renamed. */
  readonly uniqueId: string | undefined;
  readonly delta: DeltaReadiness;
  readonly passwordAttribute: string;
  readonly disableMethod: DisableMethod | undefined;
  /** Rights that the account needs. */
  readonly rights: string;
  /** The settings of the server to change where a search ends too soon. */
  readonly limits: readonly string[];
  readonly traps: readonly string[];
  readonly warnings: readonly string[];
}
