import type { Connector, ConnectorKind } from '@joinery/connector';

/** Calls that a connector got. */
export interface Calls {
  /** Batches that it was asked to write. A CSV file is rewritten once for each. */
  batches: number;
}

/** A kind whose connectors count what they are asked. */
export function counted(kind: ConnectorKind, calls: Calls): ConnectorKind {
  return {
    ...kind,
    create: (configuration, context) => countBatches(kind.create(configuration, context), calls),
  };
}

function countBatches(connector: Connector, calls: Calls): Connector {
  const write = connector.export?.bind(connector);
  if (write === undefined) return connector;
  return new Proxy(connector, {
    get(target, name) {
      if (name !== 'export') {
        const member: unknown = Reflect.get(target, name, target);
        return typeof member === 'function' ? member.bind(target) : member;
      }
      return async (...asked: Parameters<typeof write>) => {
        const run = await write(...asked);
        return {
          putEntries: (...entries: Parameters<typeof run.putEntries>) => {
            calls.batches += 1;
            return run.putEntries(...entries);
          },
          close: run.close.bind(run),
        };
      };
    },
  });
}
