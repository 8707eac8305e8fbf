import type { Connector, ExportRun, ImportRun, PasswordCapability } from '@joinery/connector';

/** Told of the calls of a connector in this thread. @param member of the contract, e.g. `putEntries` */
export interface CallObserver {
  begun(member: string): void;
  /** It waits for the first time, or has ended. @param seconds that it kept the thread to itself */
  waits(member: string, seconds: number): void;
  ended(member: string): void;
}

/**
 * A connector that runs in the host's own thread, with the time measured that its calls keep this thread to themselves before
 * they wait for anything. What throws before that rejects, as the contract promises to callers.
 */
export function measuredConnector(connector: Connector, observer: CallObserver): Connector {
  const time = async <T>(member: string, call: () => Promise<T>): Promise<T> => {
    const began = performance.now();
    observer.begun(member);
    try {
      let pending: Promise<T>;
      try {
        pending = call();
      } finally {
        observer.waits(member, (performance.now() - began) / 1000);
      }
      return await pending;
    } finally {
      observer.ended(member);
    }
  };
  const { fullImport, deltaImport, export: write, lookup, password, partitions, hierarchy } = connector;
  const measuredImport = (run: ImportRun): ImportRun => ({
    getEntries: (signal) => time('getEntries', () => run.getEntries(signal)),
    close: (reason, signal) => time('closeImport', () => run.close(reason, signal)),
  });
  const measuredExport = (run: ExportRun): ExportRun => ({
    putEntries: (entries, signal) => time('putEntries', () => run.putEntries(entries, signal)),
    close: (reason, signal) => time('closeExport', () => run.close(reason, signal)),
  });
  const measuredPassword = (capability: PasswordCapability): PasswordCapability => {
    const { change } = capability;
    return {
      set: (entry, text, options, signal) => time('password', () => capability.set(entry, text, options, signal)),
      ...(change === undefined
        ? {}
        : {
            change: (entry, before, after, signal) =>
              time('password', () => change.call(capability, entry, before, after, signal)),
          }),
    };
  };
  return {
    traits: connector.traits,
    test: (signal) => time('test', () => connector.test(signal)),
    schema: (signal) => time('schema', () => connector.schema(signal)),
    ...(fullImport === undefined
      ? {}
      : {
          fullImport: async (step, signal) =>
            measuredImport(await time('fullImport', () => fullImport.call(connector, step, signal))),
        }),
    ...(deltaImport === undefined
      ? {}
      : {
          deltaImport: async (step, signal) =>
            measuredImport(await time('deltaImport', () => deltaImport.call(connector, step, signal))),
        }),
    ...(write === undefined
      ? {}
      : {
          export: async (step, signal) =>
            measuredExport(await time('export', () => write.call(connector, step, signal))),
        }),
    ...(lookup === undefined
      ? {}
      : { lookup: (query, signal) => time('lookup', () => lookup.call(connector, query, signal)) }),
    ...(password === undefined ? {} : { password: measuredPassword(password) }),
    ...(partitions === undefined
      ? {}
      : { partitions: (signal) => time('partitions', () => partitions.call(connector, signal)) }),
    ...(hierarchy === undefined
      ? {}
      : { hierarchy: (parent, signal) => time('hierarchy', () => hierarchy.call(connector, parent, signal)) }),
    [Symbol.asyncDispose]: () => time('dispose', async () => connector[Symbol.asyncDispose]()),
  };
}
