import { type Connector, type ConnectorContext, type ConnectorKind, parseConfiguration } from '@joinery/connector';
import { problem } from '@joinery/problems';
import type { Member, StartArgument, Started } from '../protocol.ts';

/**
 * Makes the connector that the host asks for.
 * @throws CONNECTOR_CONFIGURATION_INVALID; RUNTIME_INTERNAL for a module that does not export the kind; what the module throws
 */
export async function loadConnector(
  { module, kind: name, parameters, secrets }: StartArgument,
  context: ConnectorContext,
): Promise<Connector> {
  const loaded: unknown = await import(module);
  const exported = typeof loaded === 'object' && loaded !== null ? Object.values(loaded) : [];
  const kind = exported.find((each) => isKind(each, name));
  if (kind === undefined) throw problem('RUNTIME_INTERNAL', `The module of the kind "${name}" does not export it.`);
  const configuration = parseConfiguration(kind.parameters, parameters, (parameter) =>
    Object.hasOwn(secrets, parameter) ? secrets[parameter] : undefined,
  );
  return kind.create(configuration, context);
}

/** What the host has to know of a connector before the first call. */
export function startedOf(connector: Connector): Started {
  const members: Member[] = OPTIONAL.filter((member) => connector[member] !== undefined);
  if (connector.password?.change !== undefined) members.push('changePassword');
  return { traits: connector.traits, members };
}

const OPTIONAL = ['fullImport', 'deltaImport', 'export', 'lookup', 'password', 'partitions', 'hierarchy'] as const;

function isKind(value: unknown, name: string): value is ConnectorKind {
  return (
    typeof value === 'object' &&
    value !== null &&
    'kind' in value &&
    value.kind === name &&
    'create' in value &&
    typeof value.create === 'function' &&
    'parameters' in value &&
    Array.isArray(value.parameters)
  );
}
