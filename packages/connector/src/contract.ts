import type { Clock, Logger, Random } from '@joinery/runtime';
import type { Configuration } from './configuration.ts';
import type { CSEntryChange, CSEntryChangeResult } from './entry.ts';
import type { ConfigParameterDefinition } from './parameters.ts';
import type { Schema } from './schema.ts';
import type { AttributeValue } from './values.ts';

/*
 * The connector contract. A connector declares what it can by the members it has; no method throws "not supported".
 * The vocabulary is ECMA 2's because users and published scripts know it.
 *
 * Every call takes an AbortSignal that already carries the deadline of its section; a call that is aborted rejects with
 * the signal's reason and leaves the target as it was or as the finished entries made it.
 * Failures of a whole call are thrown as problems; failures of one object are data in its entry or result.
 */

/** A kind of connector, e.g. `csv`. Registered once per process; holds no state. */
export interface ConnectorKind {
  readonly kind: string;
  /** One sentence for `--help` and the wizard. */
  readonly description: string;
  readonly parameters: readonly ConfigParameterDefinition[];
  /**
   * Where connectors of this kind run. `none`, the default, is the host's own thread and right for those that only wait for
   * I/O; one that computes declares `worker`, one that loads native code or may exit `process`.
   */
  readonly isolation?: Isolation;
  /** The module that exports this kind, for threads and processes to load; needed wherever it is to be isolated. */
  readonly module?: URL;
  /**
   * Makes a connector for one configuration. Does not touch the target: that starts with `test`, a schema call or a run.
   * @throws CONNECTOR_CONFIGURATION_INVALID when parameters contradict each other
   */
  create(configuration: Configuration, context: ConnectorContext): Connector;
}

/** From the least to the most apart. */
export type Isolation = 'none' | 'worker' | 'process';

/** What the host lends a connector. */
export interface ConnectorContext {
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
  /** The connector's own working folder (`MAData/<name>`); relative paths of parameters resolve against it. */
  readonly folder: string;
}

/** One configured connector. Members that are absent are capabilities it does not have. */
export interface Connector extends AsyncDisposable {
  readonly traits: ConnectorTraits;
  /** Reaches the target with the configured credentials and says what it found, e.g. `25 rows, 7 columns`. */
  test(signal: AbortSignal): Promise<TestReport>;
  schema(signal: AbortSignal): Promise<Schema>;
  fullImport?(step: ImportStep, signal: AbortSignal): Promise<ImportRun>;
  /** Changes since `step.watermark`. Without a watermark it throws CONNECTOR_WATERMARK_INVALID: a full import comes first. */
  deltaImport?(step: ImportStep, signal: AbortSignal): Promise<ImportRun>;
  export?(step: ExportStep, signal: AbortSignal): Promise<ExportRun>;
  /** Reads objects straight from the target, past any cache. */
  lookup?(query: LookupQuery, signal: AbortSignal): Promise<readonly CSEntryChange[]>;
  password?: PasswordCapability;
  partitions?(signal: AbortSignal): Promise<readonly Partition[]>;
  hierarchy?(parent: HierarchyNode | undefined, signal: AbortSignal): Promise<readonly HierarchyNode[]>;
}

/** ECMA 2 `MADistinguishedNameStyle`. */
export type DistinguishedNameStyle = 'None' | 'Generic' | 'Ldap';

/** ECMA 2 `MAExportType`: the shape in which updates are handed to `export`. */
export type ExportType =
  | 'AttributeUpdate'
  | 'AttributeReplace'
  | 'ObjectReplace'
  | 'MultivaluedReferenceAttributeUpdate';

/** Fixed properties of a configured connector that steer the host. */
export interface ConnectorTraits {
  readonly distinguishedNameStyle: DistinguishedNameStyle;
  readonly exportType: ExportType;
  /** True: exports may run while an import of the same connector is open. */
  readonly exportDuringImport: boolean;
  /** Most entries one `putEntries` call takes, 1 to 100. 1 for scripts, as the original host does. */
  readonly batchSize: number;
  /** True: the target can change an object's DN or anchor. */
  readonly rename: boolean;
  /** True: a password may be part of the Add entry; otherwise it follows by the password capability. */
  readonly exportPasswordInFirstPass: boolean;
}

export interface TestReport {
  /** One sentence for a person. */
  readonly summary: string;
  /** Facts by name, for `--json`; no secrets. */
  readonly facts: Readonly<Record<string, string | number | boolean>>;
  /** What the administrator should know although the target can be used, a sentence each. */
  readonly warnings?: readonly string[];
}

/** ECMA 2 `OpenImportConnectionRunStep`. */
export interface ImportStep {
  /** Only selected types and attributes, with the effective anchors. */
  readonly schema: Schema;
  /** Objects per page; advisory. */
  readonly pageSize: number;
  /** What the last finished run of this connector ended with. */
  readonly watermark?: string;
  readonly partition?: Partition;
}

/** One import between open and close. Pages are asked for one at a time. */
export interface ImportRun {
  /**
   * The next page. After a page with `moreToImport` false it is not called again. Of a connector that takes writes during its
   * imports (`exportDuringImport`) it is asked for while the page before is still worked: what was handed over may not change.
   */
  getEntries(signal: AbortSignal): Promise<ImportPage>;
  /**
   * Ends the run; called exactly once, also after a failure.
   * @returns the watermark to start the next delta import from; only trusted when `reason` is `Normal` and no entry had an error
   */
  close(reason: CloseReason, signal: AbortSignal): Promise<{ readonly watermark?: string }>;
}

export interface ImportPage {
  readonly entries: readonly CSEntryChange[];
  readonly moreToImport: boolean;
}

/** ECMA 2 `CloseReason`. */
export type CloseReason =
  | 'Normal'
  | 'TerminatedByUser'
  | 'TerminatedShuttingDown'
  | 'OpenConnectionFailure'
  | 'Unknown';

/** ECMA 2 `OpenExportConnectionRunStep`. */
export interface ExportStep {
  readonly schema: Schema;
  readonly partition?: Partition;
}

/** One export between open and close. */
export interface ExportRun {
  /**
   * Writes the entries, at most `traits.batchSize`. May be called again and again before `close`.
   *
   * A result is required for failures and changed anchors only; a missing one means success once `close` ended normally.
   * A result is final: `Success` says that the entry has taken effect in the target, whatever becomes of the run. A run is kept
   * open for the next batch (`exportSession: keepOpen` of the host) only after a batch of which every entry has a result, so a
   * connector that is to profit from it returns one for every entry.
   */
  putEntries(entries: readonly CSEntryChange[], signal: AbortSignal): Promise<readonly CSEntryChangeResult[]>;
  close(reason: CloseReason, signal: AbortSignal): Promise<void>;
}

/** Which objects to read: by anchor, or by equality of one attribute. */
export type LookupQuery = {
  readonly schema: Schema;
  readonly objectType: string;
} & (
  | { readonly anchor: readonly { readonly name: string; readonly value: AttributeValue }[] }
  | { readonly attribute: string; readonly value: AttributeValue }
);

/** ECMA 2 `IMAExtensible2Password`. */
export interface PasswordCapability {
  /** Sets an object's password without knowing the old one. */
  set(entry: CSEntryChange, password: string, options: PasswordOptions, signal: AbortSignal): Promise<void>;
  /** Changes it with the old one. */
  change?(entry: CSEntryChange, oldPassword: string, newPassword: string, signal: AbortSignal): Promise<void>;
}

/** ECMA 2 `PasswordOptions`. */
export interface PasswordOptions {
  readonly forceChangeAtLogOn?: boolean;
  readonly unlockAccount?: boolean;
  readonly validatePassword?: boolean;
}

/** ECMA 2 `Partition`. */
export interface Partition {
  readonly identifier: string;
  readonly dn: string;
  readonly name: string;
}

/** ECMA 2 `HierarchyNode`. */
export interface HierarchyNode {
  readonly dn: string;
  readonly displayName: string;
}
