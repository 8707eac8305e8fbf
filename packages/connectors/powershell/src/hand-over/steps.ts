import type { CloseReason, HierarchyNode, Partition } from '@joinery/connector';
import { type EngineTyped, type EngineValue, typedList } from '@joinery/powershell';
import { closeReasons, type configParameterPages, numberOf, operationTypes } from '../enums.ts';
import { ecmaName, ecmaObject } from './typed.ts';

type OperationType = (typeof operationTypes)[number];

/** A parameter of the configuration. A secret becomes a SecureString. */
export interface ScriptParameter {
  readonly name: string;
  readonly value: string | null;
  readonly isEncrypted: boolean;
}

/** The parameters of all pages, as `ConfigParameters` of every script. */
export function configParametersValue(parameters: readonly ScriptParameter[]): EngineTyped {
  return ecmaObject(
    'ConfigParameterKeyedCollection',
    ...parameters.flatMap(({ name, value, isEncrypted }): EngineValue[] => [name, value, isEncrypted]),
  );
}

/** The page that a validation script is to look at. */
export function configParameterPage(page: (typeof configParameterPages)[number]): EngineValue {
  return { kind: 'opaque', type: ecmaName('ConfigParameterPage'), text: page };
}

/** @param importType which objects are wanted; `customData` is the watermark of the last run, empty where there is none */
export function openImportStep(step: {
  readonly importType: OperationType;
  readonly pageSize: number;
  readonly customData: string;
  readonly partition?: Partition;
}): EngineTyped {
  const { importType, pageSize, customData, partition } = step;
  const type = numberOf(operationTypes, importType);
  return ecmaObject(
    'OpenImportConnectionRunStep',
    partitionOrNull(partition),
    type,
    pageSize,
    customData,
    noNodes,
    noNodes,
  );
}

/** @param customData what the step before it answered */
export function getImportEntriesStep(customData: string): EngineTyped {
  return ecmaObject('GetImportEntriesRunStep', customData, typedList(ecmaName('CSEntryChange'), []));
}

export function closeImportStep(reason: CloseReason, customData: string): EngineTyped {
  return ecmaObject('CloseImportConnectionRunStep', numberOf(closeReasons, reason), customData);
}

export function openExportStep(step: {
  readonly exportType: OperationType;
  readonly batchSize: number;
  readonly partition?: Partition;
}): EngineTyped {
  const { exportType, batchSize, partition } = step;
  const type = numberOf(operationTypes, exportType);
  return ecmaObject('OpenExportConnectionRunStep', partitionOrNull(partition), batchSize, type, noNodes, noNodes);
}

export function closeExportStep(reason: CloseReason): EngineTyped {
  return ecmaObject('CloseExportConnectionRunStep', numberOf(closeReasons, reason));
}

export function partitionValue({ identifier, dn, name }: Partition): EngineTyped {
  return ecmaObject('Partition', identifier, dn, name, false);
}

export function hierarchyNodeValue({ dn, displayName }: HierarchyNode): EngineTyped {
  return ecmaObject('HierarchyNode', dn, displayName);
}

function partitionOrNull(partition: Partition | undefined): EngineValue {
  return partition === undefined ? null : partitionValue(partition);
}

const noNodes = typedList(ecmaName('HierarchyNode'), []);
