import { parentPort } from 'node:worker_threads';
import type { AttributeValue, Connector, ConnectorContext, ConnectorKind, CSEntryChange } from '@joinery/connector';
import { problem } from '@joinery/problems';
import { siblingModule } from '@joinery/runtime';

/** A connector whose every call does what the looked-up value says: the ways in which foreign code goes wrong. */
export const roughConnector: ConnectorKind = {
  kind: 'rough',
  description: 'Misbehaves on command.',
  parameters: [
    { name: 'Password', type: 'EncryptedString', page: 'Connectivity', description: 'A secret.' },
    { name: 'Start', type: 'String', page: 'Connectivity', description: 'What making it does.' },
    { name: 'Flag', type: 'CheckBox', page: 'Connectivity', description: 'A check box.' },
  ],
  module: siblingModule(import.meta.url, './rough-connector'),
  create(configuration, context) {
    if (configuration.text('Start') === 'refuse') throw problem('CONNECTOR_CONFIGURATION_INVALID', 'refused');
    if (configuration.text('Start') === 'exit') process.exit(9);
    return new RoughConnector(context, configuration.secret('Password'), configuration.flag('Flag'));
  },
};

/** What looks like messages of a runner and is none. */
const JUNK: readonly (string | number | object)[] = [
  'junk',
  0,
  {},
  { type: 'log' },
  { type: 'log', level: 'constructor', fields: {}, message: 'x' },
  { type: 'log', level: 'info', fields: null, message: 'x' },
  { type: 'log', level: 'info', fields: {}, message: {} },
  { type: 'answer' },
  { type: 'answer', call: 4711, value: 1 },
  { type: 'failure', call: 1 },
  ...[1, 2, 3, 4].flatMap((call) => [
    { type: 'failure', call, failure: null },
    { type: 'failure', call, failure: { kind: 'problem', code: 'NO_SUCH_CODE', detail: 'x', fix: 'x' } },
    { type: 'failure', call, failure: { kind: 'problem', code: '__proto__', detail: 'x', fix: 'x' } },
    { type: 'failure', call, failure: { kind: 'error', name: {}, message: 1 } },
  ]),
];

class RoughConnector implements Connector {
  readonly traits = {
    distinguishedNameStyle: 'Ldap',
    exportType: 'AttributeUpdate',
    exportDuringImport: false,
    batchSize: 7,
    rename: true,
    exportPasswordInFirstPass: true,
  } as const;
  readonly #context: ConnectorContext;
  readonly #secret: string | undefined;
  readonly #flag: boolean;

  constructor(context: ConnectorContext, secret: string | undefined, flag: boolean) {
    this.#context = context;
    this.#secret = secret;
    this.#flag = flag;
  }
  test: Connector['test'] = async () => ({
    summary: 'rough',
    facts: { pid: process.pid, flag: this.#flag, secret: this.#secret ?? '', folder: this.#context.folder },
  });
  schema: Connector['schema'] = async () => ({ types: [] });
  partitions: NonNullable<Connector['partitions']> = async () => [{ identifier: 'p', dn: 'DC=x', name: 'x' }];
  hierarchy: NonNullable<Connector['hierarchy']> = async (parent) => [
    { dn: `OU=a,${parent?.dn ?? ''}`, displayName: 'a' },
  ];
  password: NonNullable<Connector['password']> = {
    set: async (entry, password, { forceChangeAtLogOn }) => {
      this.#context.logger.info({ entry: entry.identifier, text: `set to ${password}` }, `password ${password}`);
      if (forceChangeAtLogOn !== true) throw problem('CONNECTOR_VALUE_INVALID', 'options were lost');
    },
  };
  lookup: NonNullable<Connector['lookup']> = async (query, signal) => {
    const said = 'attribute' in query ? query.value : '';
    return await this.#do(String(said), signal);
  };
  async [Symbol.asyncDispose](): Promise<void> {
    this.#context.logger.info({}, 'disposed');
  }

  async #do(what: string, signal: AbortSignal): Promise<CSEntryChange[]> {
    this.#context.logger.debug({}, `begun: ${what}`);
    switch (what) {
      case 'exit':
        return process.exit(3);
      case 'throw later':
        setImmediate(() => {
          throw new Error('nobody catches this');
        });
        return await new Promise(() => {});
      case 'burn':
        for (;;);
      case 'leak': {
        const kept: object[] = [];
        for (;;) kept.push({ kept: [] });
      }
      case 'hang':
        return await new Promise(() => {});
      case 'end when told':
        return await new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
      case 'problem':
        throw problem('CONNECTOR_TARGET_UNAVAILABLE', 'down', {
          place: 'here',
          fix: 'wait',
          retryAfterSeconds: 7,
          cause: new Error('underneath'),
        });
      case 'error':
        throw new TypeError(`driver said no to ${this.#secret}`);
      case 'function':
        return [Object.assign(entryOf('x'), { more: () => {} })];
      case 'send junk':
        for (const junk of JUNK) {
          parentPort?.postMessage(junk);
          process.send?.(junk);
        }
        return [];
      case 'print':
        process.stdout.write(`printed ${this.#secret}\n`);
        return [];
      case 'log': {
        const logger = this.#context.logger.child({ child: 1 });
        logger.warn({ secret: 1n, deep: { text: `with ${this.#secret}` }, fn: () => {} }, 'a line');
        return [];
      }
      case 'log in a circle':
        for (let line = 0; line < 20_000; line++) this.#context.logger.info({ line }, 'round');
        return [];
      default:
        return [entryOf(what), entryOf(9007199254740993n), entryOf(new Uint8Array([0, 255, 1])), entryOf(true)];
    }
  }
}

function entryOf(value: AttributeValue): CSEntryChange {
  return {
    identifier: 'i',
    objectType: 'user',
    objectModificationType: 'Add',
    anchorAttributes: [{ name: 'id', value }],
    attributeChanges: [],
  };
}
