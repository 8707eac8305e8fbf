import { problem } from '@joinery/problems';
import { suggestion } from '@joinery/runtime';
import type { ConnectorKind } from './contract.ts';

/** The kinds of connectors a process knows. */
export interface ConnectorRegistry {
  /** In the order of registration. */
  readonly kinds: readonly ConnectorKind[];
  /** @throws CONNECTOR_KIND_UNKNOWN with the nearest known name */
  get(kind: string): ConnectorKind;
}

/** Builds the registry; two kinds of one name are a fault of the program. */
export function connectorRegistry(kinds: readonly ConnectorKind[]): ConnectorRegistry {
  const byKind = new Map<string, ConnectorKind>();
  for (const kind of kinds) {
    if (byKind.has(kind.kind))
      throw problem('RUNTIME_INTERNAL', `The connector kind "${kind.kind}" is registered twice.`);
    byKind.set(kind.kind, kind);
  }
  return {
    kinds: [...kinds],
    get(name) {
      const kind = byKind.get(name);
      if (kind !== undefined) return kind;
      const known = [...byKind.keys()];
      const list = known.length === 0 ? 'None is installed.' : `Known are ${known.join(', ')}.`;
      throw problem(
        'CONNECTOR_KIND_UNKNOWN',
        `There is no connector kind "${name}".${suggestion(name, known)} ${list}`,
      );
    },
  };
}
