import type { Connector } from '@joinery/connector';
import type { ObjectShape, Shape } from './object/shape.ts';
import type { SpaceState } from './space/writer/calls.ts';

/** What a connector cannot do and its administrator should know of from the start, a sentence each. */
export function warningsOf(shape: Shape, connector: Connector): readonly string[] {
  return [
    ...duplicateWarning(connector),
    ...shape.types.flatMap((type) => [...flowWarnings(type), ...writeOnlyWarning(type, connector)]),
  ];
}

/** What a space has lost, and what it means where no import can fill it again. */
export function lossWarnings(
  { fullImport }: Connector,
  { keptAside, losses }: Pick<SpaceState, 'keptAside' | 'losses'>,
): readonly string[] {
  const told = keptAside === undefined ? losses : [`Its space was damaged and lies in ${keptAside}.`, ...losses];
  if (told.length === 0 || fullImport !== undefined) return told;
  return [
    ...told,
    'This connector cannot be read, so that nothing brings back what its space has lost: callers are told that those objects are not there.',
  ];
}

/** Host sheet 4.2 and 11 (14). */
function duplicateWarning(connector: Connector): readonly string[] {
  if (connector.fullImport !== undefined || connector.lookup !== undefined || connector.export === undefined) return [];
  return [
    'This connector can neither read nor look anything up in its target. Every object looks new to callers, also one that the target has: see to it that the target itself refuses to create somebody twice.',
  ];
}

/** What is never read back cannot be written again with the rest of its object (host sheet 3.8, ObjectReplace). */
function writeOnlyWarning({ file, attributes }: ObjectShape, { traits }: Connector): readonly string[] {
  const names = attributes.filter(({ writeOnly }) => writeOnly).map(({ name }) => `"${name}"`);
  if (traits.exportType !== 'ObjectReplace' || names.length === 0) return [];
  return [
    `Every change writes the whole object of "${file.objectType}", without ${names.join(', ')}, which is written only and never read: see to it that the target keeps what it is not given.`,
  ];
}

/** Flows that no request can trigger, or whose two values cannot be told apart (host sheet 13.1 (6)). */
function flowWarnings({ file, attributes }: ObjectShape): readonly string[] {
  const { disableFlow, statusAttribute } = file.deprovisioning;
  const warnings: string[] = [];
  const status = attributes.find(({ name }) => name === statusAttribute);
  const settable = status !== undefined && !status.hidden;
  if (statusAttribute !== undefined && !settable) {
    warnings.push(
      `The status attribute "${statusAttribute}" of "${file.objectType}" is hidden from callers, so that no request can set it.`,
    );
  }
  // Users have the core attribute `active`; other resources are disabled by their status attribute only.
  if (disableFlow.kind !== 'None' && file.resource !== 'User' && !settable) {
    warnings.push(
      `No request can trigger the disable flow of "${file.objectType}": name the attribute that callers set to false as "statusAttribute".`,
    );
  }
  if (disableFlow.kind === 'SetAttributeValue' && disableFlow.value === disableFlow.enableValue) {
    warnings.push(
      `Disabling and enabling write the same value to "${disableFlow.attribute}" of "${file.objectType}": an account could not be told to be disabled.`,
    );
  }
  return warnings;
}
