import { type CloseReason, type Connector, type CSEntryChange, type ImportPage, importPages } from '@joinery/connector';
import { type LogFields, type Logger, silentLogger, systemClock } from '@joinery/runtime';
import { describe, expect, test } from 'vitest';
import { entryOf } from './example.ts';

/** A connector that imports the given pages; a page that is an error is thrown. */
function connectorOf(
  pages: readonly (readonly CSEntryChange[] | Error)[],
  closing?: Error,
): { connector: Connector; closed: CloseReason[] } {
  const closed: CloseReason[] = [];
  let next = 0;
  const run = {
    async getEntries(): Promise<ImportPage> {
      const page = pages[next++] ?? [];
      if (page instanceof Error) throw page;
      return { entries: page, moreToImport: next < pages.length };
    },
    async close(reason: CloseReason) {
      closed.push(reason);
      if (closing !== undefined) throw closing;
      return { watermark: 'w' };
    },
  };
  const unused = async (): Promise<never> => {
    throw new Error('unused');
  };
  const connector: Connector = {
    traits: {
      distinguishedNameStyle: 'None',
      exportType: 'ObjectReplace',
      exportDuringImport: true,
      batchSize: 1,
      rename: false,
      exportPasswordInFirstPass: false,
    },
    test: unused,
    schema: unused,
    fullImport: async () => run,
    [Symbol.asyncDispose]: async () => {},
  };
  return { connector, closed };
}

const step = { schema: { types: [] }, pageSize: 1 };
const open = (
  connector: Connector,
  signal = new AbortController().signal,
  logger: Logger = silentLogger,
  mode: 'full' | 'delta' = 'full',
) => importPages(connector, mode, step, { clock: systemClock, logger }, signal);

async function drain(run: ReturnType<typeof importPages>): Promise<{ pages: number; watermark: string | undefined }> {
  for (let pages = 0; ; pages++) {
    const { done, value } = await run.next();
    if (done === true) return { pages, watermark: value };
  }
}

describe('an import', () => {
  test('hands over its pages, is closed once and gives the watermark', async () => {
    const { connector, closed } = connectorOf([[entryOf()], [entryOf()]]);
    expect(await drain(open(connector))).toEqual({ pages: 2, watermark: 'w' });
    expect(closed).toEqual(['Normal']);
  });

  test('with an entry in error gives no watermark', async () => {
    const { connector, closed } = connectorOf([
      [entryOf({ errorCodeImport: 'ImportErrorCustomContinueRun' })],
      [entryOf()],
    ]);
    expect(await drain(open(connector))).toEqual({ pages: 2, watermark: undefined });
    expect(closed).toEqual(['Normal']);
  });

  test('that fails is closed once, as failed, and the failure is told', async () => {
    const failure = new Error('page 2');
    const { connector, closed } = connectorOf([[entryOf()], failure]);
    await expect(drain(open(connector))).rejects.toBe(failure);
    expect(closed).toEqual(['Unknown']);
  });

  test('that fails and cannot be closed tells the failure and logs the other', async () => {
    const [failure, closing] = [new Error('page 1'), new Error('close')];
    const logged: LogFields[] = [];
    const logger: Logger = { ...silentLogger, warn: (fields) => logged.push(fields) };
    await expect(
      drain(open(connectorOf([failure], closing).connector, new AbortController().signal, logger)),
    ).rejects.toBe(failure);
    expect(logged).toMatchObject([{ error: closing }]);
  });

  test('that is cancelled between pages is closed once, as terminated', async () => {
    const { connector, closed } = connectorOf([[entryOf()], [entryOf()]]);
    const cancel = new AbortController();
    const run = open(connector, cancel.signal);
    await run.next();
    const reason = new Error('enough');
    cancel.abort(reason);
    await expect(run.next()).rejects.toBe(reason);
    expect(closed).toEqual(['TerminatedByUser']);
  });

  test('whose reader stops early is closed once', async () => {
    const { connector, closed } = connectorOf([[entryOf()], [entryOf()]]);
    for await (const _ of open(connector)) break;
    expect(closed).toEqual(['Unknown']);
  });

  test('of a mode that the connector does not have is refused', async () => {
    const run = open(connectorOf([]).connector, new AbortController().signal, silentLogger, 'delta');
    await expect(drain(run)).rejects.toMatchObject({ code: 'RUNTIME_INTERNAL' });
  });

  test('asks for the next page while one is worked, where the target takes writes meanwhile, and only there', async () => {
    for (const exportDuringImport of [true, false]) {
      const { connector } = connectorOf([]);
      let asked = 0;
      const run = {
        getEntries: async () => ({ entries: [entryOf()], moreToImport: ++asked < 3 }),
        close: async () => ({}),
      };
      const traits = { ...connector.traits, exportDuringImport };
      const pages = open({ ...connector, traits, fullImport: async () => run });
      await pages.next();
      expect(asked).toBe(exportDuringImport ? 2 : 1);
      await drain(pages);
      expect(asked).toBe(3);
    }
  });

  test('whose reader stops early is closed only when the page that it had asked for has come', async () => {
    const { connector } = connectorOf([]);
    const told: string[] = [];
    let asked = 0;
    const run = {
      async getEntries(signal: AbortSignal): Promise<ImportPage> {
        asked += 1;
        if (asked === 1) return { entries: [entryOf()], moreToImport: true };
        await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()));
        told.push('page');
        throw signal.reason;
      },
      async close() {
        told.push('closed');
        return {};
      },
    };
    for await (const _ of open({ ...connector, fullImport: async () => run })) break;
    expect(told).toEqual(['page', 'closed']);
  });
});
