import type {
  Connector,
  ConnectorContext,
  ConnectorTraits,
  CSEntryChange,
  ExportRun,
  ExportStep,
  HierarchyNode,
  ImportRun,
  ImportStep,
  LookupQuery,
  Partition,
  PasswordCapability,
  Schema,
  TestReport,
} from '@joinery/connector';
import { problem } from '@joinery/problems';
import { accountRules } from './account/account-rules.ts';
import type { LdapSettings } from './configuration/settings.ts';
import type { Directory } from './connection/connection.ts';
import { openDirectory } from './connection/directory.ts';
import type { LdapContext } from './context.ts';
import { openExport } from './export/export-run.ts';
import { deltaImport } from './import/delta/delta-import.ts';
import { fullImport } from './import/full-import.ts';
import { testDirectory } from './inspect/test-directory.ts';
import { KnownServer } from './known-server.ts';
import { hierarchy } from './lookup/hierarchy.ts';
import { lookup } from './lookup/lookup.ts';
import { partitions } from './lookup/partitions.ts';
import { passwordCapability } from './password/password-capability.ts';
import { contractSchema } from './schema/contract-schema.ts';

/** What every directory can: rename, take updates as attribute changes, and be written while it is read. */
const traits: ConnectorTraits = {
  distinguishedNameStyle: 'Ldap',
  exportType: 'AttributeUpdate',
  exportDuringImport: true,
  batchSize: 100,
  rename: true,
  // LDAP sheet 5.7: the password is no part of the first call.
  exportPasswordInFirstPass: false,
};

/** A directory behind LDAP as a target. It is reached when something is first asked of it, and not before. */
export class LdapConnector implements Connector {
  readonly traits = traits;
  readonly password: PasswordCapability = passwordCapability((signal) => this.#known(signal));
  /** Absent where the administrator wants none; whether the server can is known when it is asked (L46). */
  readonly deltaImport?: (step: ImportStep, signal: AbortSignal) => Promise<ImportRun>;
  readonly #settings: LdapSettings;
  readonly #context: ConnectorContext;
  readonly #directory: Directory;
  readonly #server: KnownServer;

  constructor(settings: LdapSettings, context: ConnectorContext) {
    this.#settings = settings;
    this.#context = context;
    this.#directory = openDirectory(settings.connection, context);
    this.#server = new KnownServer(this.#directory, settings, context);
    if (settings.deltaStrategy !== 'none') {
      this.deltaImport = async (step, signal) => await deltaImport(await this.#known(signal), step, signal);
    }
  }

  async schema(signal: AbortSignal): Promise<Schema> {
    const { schema, profile } = await this.#server.knowledge('recent', signal);
    return contractSchema(schema, profile, this.#settings);
  }

  /** Looks at the server again, whatever is known of it. */
  async test(signal: AbortSignal): Promise<TestReport> {
    return await testDirectory(await this.#known(signal, 'fresh'), signal);
  }

  async fullImport(step: ImportStep, signal: AbortSignal): Promise<ImportRun> {
    return await fullImport(await this.#known(signal), step, signal);
  }

  async export(step: ExportStep, signal: AbortSignal): Promise<ExportRun> {
    const context = await this.#known(signal);
    return await openExport(context, step, signal, accountRules(context));
  }

  async lookup(query: LookupQuery, signal: AbortSignal): Promise<readonly CSEntryChange[]> {
    return await lookup(await this.#known(signal), query, signal);
  }

  async partitions(signal: AbortSignal): Promise<readonly Partition[]> {
    return partitions(await this.#known(signal));
  }

  async hierarchy(parent: HierarchyNode | undefined, signal: AbortSignal): Promise<readonly HierarchyNode[]> {
    return await hierarchy(await this.#known(signal), parent, signal);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.close(problem('LDAP_CONNECTION_LOST', 'The connector was closed.'));
    await this.#directory[Symbol.asyncDispose]();
  }

  async #known(signal: AbortSignal, how: 'kept' | 'fresh' = 'kept'): Promise<LdapContext> {
    const knowledge = await this.#server.knowledge(how, signal);
    return { ...this.#context, ...knowledge, settings: this.#settings, directory: this.#directory };
  }
}
