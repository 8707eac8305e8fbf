import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ConnectorKind, connectorRegistry } from '@joinery/connector';
import { csvConnector } from '@joinery/connector-csv';
import {
  createConnectorFiles,
  type Host,
  homeAt,
  hostSettings,
  type NewConnector,
  type NewObjectType,
  startHost,
} from '@joinery/host';
import {
  type Clock,
  type Logger,
  loadSettings,
  type Redactor,
  silentLogger,
  systemClock,
  systemRandom,
} from '@joinery/runtime';
import { onTestFinished } from 'vitest';
import { ScimCaller } from './caller.ts';

export const TOKEN = 'secret:;<=>?@`token';

/** The tutorial's object type: seven columns, anchor, query attribute and DN AzureObjectID (host sheet 7.6). */
export const TUTORIAL_TYPE: NewObjectType = {
  objectType: 'Person',
  anchor: 'AzureObjectID',
  dn: 'AzureObjectID',
  attributes: [
    { name: 'AzureObjectID' },
    { name: 'IsActive', type: 'Boolean' },
    { name: 'DisplayName' },
    { name: 'EmployeeId', type: 'Integer' },
    { name: 'Title' },
    { name: 'UserName' },
    { name: 'Email' },
  ],
};

/** The tutorial's connector on `InputFile.txt`. */
export const TUTORIAL: NewConnector = {
  name: 'CSV',
  connector: 'csv',
  parameters: {
    FileName: 'InputFile.txt',
    Anchor: 'AzureObjectID',
    ColumnTypes: 'IsActive:Boolean, EmployeeId:Integer',
  },
  types: [TUTORIAL_TYPE],
};

/** What a command on a home folder needs besides the folder. */
export const PROGRAM = {
  settings: loadSettings(hostSettings, { env: {} }),
  registry: connectorRegistry([csvConnector]),
  clock: systemClock,
  random: systemRandom,
  logger: silentLogger,
};

export const HEADER = 'AzureObjectID;IsActive;DisplayName;EmployeeId;Title;UserName;Email';

export function csv(...rows: readonly string[]): string {
  return `${[HEADER, ...rows].join('\n')}\n`;
}

export function person(number: number): string {
  return `id-${number};True;Person ${number};${number};Engineer;user${number}@contoso.example;user${number}@mail.example`;
}

export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'joinery-host-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

export interface TestHomeOptions {
  readonly connectors?: readonly NewConnector[];
  readonly kinds?: readonly ConnectorKind[];
  readonly clock?: Clock;
  readonly logger?: Logger;
  readonly redactor?: Redactor;
  readonly overrides?: Readonly<Record<string, string | number>>;
}

/** A home folder under test and the ways to start a host on it. */
export class TestHome {
  readonly folder: string;
  readonly #options: TestHomeOptions;

  private constructor(folder: string, options: TestHomeOptions) {
    this.folder = folder;
    this.#options = options;
  }

  static async create(options: TestHomeOptions = {}): Promise<TestHome> {
    const home = new TestHome(await temporaryFolder(), options);
    for (const connector of options.connectors ?? [TUTORIAL]) await home.configure(connector);
    return home;
  }

  async configure(connector: NewConnector, token: string = TOKEN): Promise<void> {
    await createConnectorFiles({ home: this.folder, connector, token, random: systemRandom });
  }

  /** The path of a file in a connector's working folder. */
  file(connector: string, name: string): string {
    return join(homeAt(this.folder).connectorFolder(connector), name);
  }

  async write(content: string, connector = 'CSV', name = 'InputFile.txt'): Promise<void> {
    await writeFile(this.file(connector, name), content);
  }

  /** Starts a host and waits until no import runs. */
  async start(options: { readonly settled?: boolean } = {}): Promise<Host> {
    const { clock = systemClock, logger = silentLogger, redactor, kinds = [], overrides = {} } = this.#options;
    const settings = loadSettings(hostSettings, { env: {}, overrides: { port: 0, shutdownGrace: 5, ...overrides } });
    const registry = connectorRegistry([csvConnector, ...kinds]);
    const host = await startHost({
      home: this.folder,
      settings,
      registry,
      clock,
      random: systemRandom,
      logger,
      ...(redactor === undefined ? {} : { redactor }),
    });
    onTestFinished(() => host.close());
    if (options.settled !== false) {
      for (const { name, state } of host.connectors) if (state !== 'failed') await host.settled(name);
    }
    return host;
  }

  /** Starts a host and answers a caller of its first connector. */
  async call(connector = 'CSV'): Promise<{ host: Host; scim: ScimCaller }> {
    const host = await this.start();
    return { host, scim: caller(host, connector) };
  }
}

/** A SCIM client of one connector that trusts the host's certificate and nothing else. @param token null sends no token */
export function caller(host: Host, connector = 'CSV', token: string | null = TOKEN): ScimCaller {
  const scim = new ScimCaller(host.urlOf(connector), host.certificate, token ?? undefined);
  onTestFinished(() => scim.close());
  return scim;
}
