import type { ExportErrorCode, HierarchyNode, Partition } from '@joinery/connector';
import { type EngineValue, isList, typedItems } from '@joinery/powershell';
import { exportErrors, validationResultCodes } from '../enums.ts';
import { readChange, readEntries, type ScriptChange, type ScriptEntry } from './entries.ts';
import { dataOf, ecmaName, isEcmaObject, labelIn, listIn, nonsense, textIn, textOrNullIn } from './typed.ts';

/*
 * What scripts answer with. Each reader answers `undefined` for a value of another type: whatever else a script wrote is for
 * the log. @throws POWERSHELL_ENGINE_FAULT for data that the types do not send
 */

/** `OpenImportConnectionResults`, `CloseImportConnectionResults`: the watermark. */
export function readCustomData(
  value: EngineValue,
  name: 'OpenImportConnectionResults' | 'CloseImportConnectionResults',
): { readonly customData: string | null } | undefined {
  if (!isEcmaObject(value, name)) return undefined;
  return { customData: textOrNullIn(dataOf(value, name)[0], name) };
}

/** `GetImportEntriesResults`. */
export interface ScriptPage {
  readonly customData: string | null;
  readonly moreToImport: boolean;
  readonly entries: readonly ScriptEntry[];
}

export function readImportPage(value: EngineValue): ScriptPage | undefined {
  const name = 'GetImportEntriesResults';
  if (!isEcmaObject(value, name)) return undefined;
  const [customData, moreToImport, entries = null] = dataOf(value, name);
  const read = entries === null ? [] : readEntries(entries);
  if (read === undefined) throw nonsense(name);
  return { customData: textOrNullIn(customData, name), moreToImport: moreToImport === true, entries: read };
}

/** `CSEntryChangeResult`. */
export interface ScriptResult {
  readonly identifier: string;
  readonly errorCode: ExportErrorCode;
  readonly errorName: string | null;
  readonly errorDetail: string | null;
  /** Of anchors, but a script may hand over any attribute. */
  readonly changes: readonly ScriptChange[];
}

/** `PutExportEntriesResults`. */
export function readExportResults(value: EngineValue): readonly ScriptResult[] | undefined {
  const name = 'PutExportEntriesResults';
  if (!isEcmaObject(value, name)) return undefined;
  const results = typedItems(dataOf(value, name)[0] ?? null, ecmaName('CSEntryChangeResult'));
  if (results === undefined) throw nonsense(name);
  return results.map(readResult);
}

function readResult(value: EngineValue): ScriptResult {
  const [identifier, code, errorName, errorDetail, changes] = listIn(value, 'CSEntryChangeResult');
  return {
    identifier: textIn(identifier, 'CSEntryChangeResult'),
    errorCode: labelIn(code, exportErrors, 'CSEntryChangeResult'),
    errorName: textOrNullIn(errorName, 'CSEntryChangeResult'),
    errorDetail: textOrNullIn(errorDetail, 'CSEntryChangeResult'),
    changes: listIn(changes, 'CSEntryChangeResult').map(readChange),
  };
}

/** `ParameterValidationResult`. */
export interface ScriptValidation {
  readonly code: (typeof validationResultCodes)[number];
  readonly errorMessage: string | null;
  readonly errorParameter: string | null;
}

export function readValidation(value: EngineValue): ScriptValidation | undefined {
  const name = 'ParameterValidationResult';
  if (!isEcmaObject(value, name)) return undefined;
  const [code, message, parameter] = dataOf(value, name);
  return {
    code: labelIn(code, validationResultCodes, name),
    errorMessage: textOrNullIn(message, name),
    errorParameter: textOrNullIn(parameter, name),
  };
}

/** One partition, or a list of them. */
export function readPartitions(value: EngineValue): readonly Partition[] | undefined {
  return itemsOf(value, 'Partition')?.map((data) => {
    const [identifier, dn, name] = listIn(data, 'Partition');
    return {
      identifier: textIn(identifier, 'Partition'),
      dn: textIn(dn, 'Partition'),
      name: textIn(name, 'Partition'),
    };
  });
}

/** One node, or a list of them. */
export function readHierarchyNodes(value: EngineValue): readonly HierarchyNode[] | undefined {
  return itemsOf(value, 'HierarchyNode')?.map((data) => {
    const [dn, displayName] = listIn(data, 'HierarchyNode');
    return {
      dn: textOrNullIn(dn, 'HierarchyNode') ?? '',
      displayName: textOrNullIn(displayName, 'HierarchyNode') ?? '',
    };
  });
}

/** The data of one object, of a typed list, or of an array that holds nothing else. */
function itemsOf(value: EngineValue, name: string): readonly EngineValue[] | undefined {
  if (isEcmaObject(value, name)) return [value.data];
  const typed = typedItems(value, ecmaName(name));
  if (typed !== undefined) return typed.filter((item) => item !== null);
  if (value === null || !isList(value)) return undefined;
  const items = value.map((item) => (isEcmaObject(item, name) ? item.data : undefined));
  return items.every((item) => item !== undefined) && items.length > 0 ? items : undefined;
}
