import {
  as,
  type CallContext,
  type HandOver,
  Instance,
  itemsOf,
  listOf,
  type NetType,
  type TypeDescription,
  type Value,
} from '@joinery/powershell/registration';
import { resultIdentifier } from './change-result.ts';
import { type EcmaCollection, emptyCollection } from './named-collection.ts';
import { ecma, ecmaEnum, ecmaType } from './namespace.ts';
import { enumNumber, listOfParts } from './parts.ts';
import { type RecordProperty, recordType } from './record.ts';
import { recordPart } from './run-steps.ts';

/*
 * What scripts answer the host with (ECMA sheet 2.4).
 */

const text: RecordProperty = { type: 'string', isSettable: true };
const results = { CustomData: text };

/** Data: custom data. */
const customDataOut: HandOver = { send: (self) => listOfParts(recordPart(self, 'CustomData')) };

function importResults(name: string): TypeDescription {
  const shape = {
    base: 'ImportResults',
    properties: {},
    inherited: results,
    constructors: [[], ['CustomData']],
  };
  return { ...recordType(name, shape), handOver: customDataOut };
}

const pageResults: Readonly<Record<string, RecordProperty>> = {
  MoreToImport: { type: 'bool', isSettable: true, initial: () => false },
  // The list that is assigned stays the same object: published scripts call AddRange on it.
  CSEntries: {
    type: `System.Collections.Generic.IList[${ecma}.CSEntryChange]`,
    isSettable: true,
    initial: () => listOf(ecmaType('CSEntryChange'), []),
  },
};

const validation: Readonly<Record<string, RecordProperty>> = {
  Code: {
    type: `${ecma}.ParameterValidationResultCode`,
    isSettable: true,
    initial: () => ecmaEnum('ParameterValidationResultCode', 0),
  },
  ErrorMessage: text,
  ErrorParameter: text,
};

/** `PutExportEntriesResults`. */
class ExportResults extends Instance {
  readonly results: EcmaCollection = emptyCollection(
    'DetachedObjectModel.CSEntryChangeResultKeyedCollectionDetached',
    resultIdentifier,
    { keysAreText: false },
  );
  get type(): NetType {
    return ecmaType('PutExportEntriesResults');
  }
}

const exportResults = (value: Value): ExportResults => as(value, ExportResults);

function makeResults(list: Value, context: CallContext): ExportResults {
  const made = new ExportResults();
  for (const result of list === null ? [] : itemsOf(list, context)) {
    made.results.insertItem(made.results.size, result, context);
  }
  return made;
}

/** A list that goes out with the name of its items' type said once. */
function listOut(items: Value, context: CallContext): Value {
  return items === null ? null : listOf(ecmaType('CSEntryChange'), [...itemsOf(items, context)]);
}

export const runResultTypes: readonly TypeDescription[] = [
  {
    ...recordType('ImportResults', { properties: results, constructors: [[], ['CustomData']] }),
    handOver: customDataOut,
  },
  importResults('OpenImportConnectionResults'),
  importResults('CloseImportConnectionResults'),
  importResults('WriteImportFileResults'),
  {
    ...recordType('GetImportEntriesResults', {
      base: 'ImportResults',
      properties: pageResults,
      inherited: results,
      constructors: [[], ['CustomData', 'MoreToImport', 'CSEntries']],
    }),
    // Data: custom data, whether there is more, the entries.
    handOver: {
      send: (self, context) =>
        listOfParts(
          recordPart(self, 'CustomData'),
          recordPart(self, 'MoreToImport'),
          listOut(recordPart(self, 'CSEntries'), context),
        ),
    },
  },
  {
    name: `${ecma}.PutExportEntriesResults`,
    kind: 'class',
    // Data: the results.
    handOver: {
      send: (self) => listOfParts(listOf(ecmaType('CSEntryChangeResult'), exportResults(self).results.items)),
    },
    constructors: [
      { signature: 'new()', invoke: () => new ExportResults() },
      {
        signature: `new(System.Collections.Generic.IList[${ecma}.CSEntryChangeResult] csentryChangeResults)`,
        invoke: (_self, [list = null], context) => makeResults(list, context),
      },
    ],
    properties: {
      CSEntryChangeResults: {
        type: `System.Collections.ObjectModel.KeyedCollection[guid,${ecma}.CSEntryChangeResult]`,
        get: (self) => exportResults(self).results,
      },
    },
  },
  {
    ...recordType('ParameterValidationResult', {
      properties: validation,
      constructors: [[], ['Code', 'ErrorMessage', 'ErrorParameter']],
    }),
    // Data: code, message, parameter.
    handOver: {
      send: (self) =>
        listOfParts(
          enumNumber(recordPart(self, 'Code')),
          recordPart(self, 'ErrorMessage'),
          recordPart(self, 'ErrorParameter'),
        ),
    },
  },
];
