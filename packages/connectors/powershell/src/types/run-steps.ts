import { as, type CallContext, listOf, type TypeDescription, type Value } from '@joinery/powershell/registration';
import { ecma, ecmaEnum, ecmaType } from './namespace.ts';
import { numberPart, partsOf, textPart } from './parts.ts';
import { makeRecord, RecordObject, type RecordProperty, recordType } from './record.ts';

/*
 * What the host tells a script of the step that it runs (ECMA sheet 2.4).
 */

const nodes: RecordProperty = {
  type: `System.Collections.Generic.IList[${ecma}.HierarchyNode]`,
  initial: () => listOf(ecmaType('HierarchyNode'), []),
};
const customData: RecordProperty = { type: 'string' };
const partition: RecordProperty = { type: `${ecma}.Partition` };

function enumeration(name: string): RecordProperty {
  return { type: `${ecma}.${name}`, initial: () => ecmaEnum(name, 0) };
}

function whole(): RecordProperty {
  return { type: 'int', initial: () => 0 };
}

const importStep = { CustomData: customData };
const exportStep = { ExportType: enumeration('OperationType') };

const openImport = {
  PageSize: whole(),
  ImportType: enumeration('OperationType'),
  StepPartition: partition,
  InclusionHierarchyNodes: nodes,
  ExclusionHierarchyNodes: nodes,
};
const getEntries = {
  FullObjectEntries: {
    type: `System.Collections.Generic.IList[${ecma}.CSEntryChange]`,
    initial: () => listOf(ecmaType('CSEntryChange'), []),
  },
};
const closeStep = { Reason: enumeration('CloseReason') };
const openExport = {
  BatchSize: whole(),
  StepPartition: partition,
  InclusionHierarchyNodes: nodes,
  ExclusionHierarchyNodes: nodes,
};
const fileStep = { FilePath: { type: 'string' }, StepPartition: partition };

/** A run step of data: its values by position. */
function received(
  name: string,
  properties: Readonly<Record<string, RecordProperty>>,
  values: (parts: readonly Value[]) => Readonly<Record<string, Value>>,
): Pick<TypeDescription, 'handOver'> {
  const receive = (data: Value, context: CallContext): Value =>
    makeRecord(ecmaType(name), properties, values(partsOf(data)), context);
  return { handOver: { receive } };
}

export const runStepTypes: readonly TypeDescription[] = [
  recordType('ImportRunStep', { properties: importStep, constructors: [] }),
  {
    ...recordType('OpenImportConnectionRunStep', {
      base: 'ImportRunStep',
      properties: openImport,
      inherited: importStep,
      constructors: [
        [],
        ['StepPartition', 'ImportType', 'PageSize', 'CustomData', 'InclusionHierarchyNodes', 'ExclusionHierarchyNodes'],
      ],
    }),
    // Partition, type, page size, custom data, nodes that are read and nodes that are not.
    ...received('OpenImportConnectionRunStep', { ...importStep, ...openImport }, (parts) => ({
      StepPartition: parts[0],
      ImportType: ecmaEnum('OperationType', numberPart(parts[1])),
      PageSize: numberPart(parts[2]),
      CustomData: textPart(parts[3]),
      InclusionHierarchyNodes: parts[4],
      ExclusionHierarchyNodes: parts[5],
    })),
  },
  {
    ...recordType('GetImportEntriesRunStep', {
      base: 'ImportRunStep',
      properties: getEntries,
      inherited: importStep,
      constructors: [[], ['FullObjectEntries', 'CustomData']],
    }),
    // Custom data, entries of which the whole objects are wanted.
    ...received('GetImportEntriesRunStep', { ...importStep, ...getEntries }, (parts) => ({
      CustomData: textPart(parts[0]),
      FullObjectEntries: parts[1],
    })),
  },
  {
    ...recordType('CloseImportConnectionRunStep', {
      base: 'ImportRunStep',
      properties: closeStep,
      inherited: importStep,
      constructors: [[], ['Reason', 'CustomData']],
    }),
    // Reason, custom data.
    ...received('CloseImportConnectionRunStep', { ...importStep, ...closeStep }, (parts) => ({
      Reason: ecmaEnum('CloseReason', numberPart(parts[0])),
      CustomData: textPart(parts[1]),
    })),
  },
  recordType('WriteImportFileRunStep', {
    base: 'ImportRunStep',
    isAbstract: true,
    properties: { ...fileStep, ImportType: enumeration('OperationType') },
    constructors: [],
  }),
  recordType('ExportRunStep', { properties: exportStep, constructors: [] }),
  {
    ...recordType('OpenExportConnectionRunStep', {
      base: 'ExportRunStep',
      properties: openExport,
      inherited: exportStep,
      constructors: [
        [],
        ['StepPartition', 'BatchSize', 'ExportType', 'InclusionHierarchyNodes', 'ExclusionHierarchyNodes'],
      ],
    }),
    // Partition, batch size, type, nodes that are written and nodes that are not.
    ...received('OpenExportConnectionRunStep', { ...exportStep, ...openExport }, (parts) => ({
      StepPartition: parts[0],
      BatchSize: numberPart(parts[1]),
      ExportType: ecmaEnum('OperationType', numberPart(parts[2])),
      InclusionHierarchyNodes: parts[3],
      ExclusionHierarchyNodes: parts[4],
    })),
  },
  {
    ...recordType('CloseExportConnectionRunStep', { properties: closeStep, constructors: [[], ['Reason']] }),
    ...received('CloseExportConnectionRunStep', closeStep, (parts) => ({
      Reason: ecmaEnum('CloseReason', numberPart(parts[0])),
    })),
  },
  recordType('ReadExportFileRunStep', {
    base: 'ExportRunStep',
    isAbstract: true,
    properties: fileStep,
    constructors: [],
  }),
];

/** A property of a record by name. */
export function recordPart(self: Value, name: string): Value {
  return as(self, RecordObject).get(name);
}
