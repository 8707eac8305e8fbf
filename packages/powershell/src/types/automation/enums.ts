import { errorCategories } from '../../errors/category.ts';
import { enumeration } from '../enumeration.ts';
import type { TypeDescription } from '../net-type.ts';

const space = 'System.Management.Automation';

export const enums: readonly TypeDescription[] = [
  enumeration(`${space}.ErrorCategory`, errorCategories),
  enumeration(
    `${space}.ScopedItemOptions`,
    { None: 0, ReadOnly: 1, Constant: 2, Private: 4, AllScope: 8, Unspecified: 16 },
    { flags: true },
  ),
  enumeration(`${space}.SessionStateEntryVisibility`, ['Public', 'Private']),
  enumeration(`${space}.WhereOperatorSelectionMode`, ['Default', 'First', 'Last', 'SkipUntil', 'Until', 'Split']),
  enumeration(
    `${space}.PSMemberTypes`,
    {
      AliasProperty: 1,
      CodeProperty: 2,
      Property: 4,
      NoteProperty: 8,
      ScriptProperty: 16,
      PropertySet: 32,
      Method: 64,
      CodeMethod: 128,
      ScriptMethod: 256,
      ParameterizedProperty: 512,
      MemberSet: 1024,
      Event: 2048,
      Dynamic: 4096,
      InferredProperty: 8192,
      Properties: 31,
      Methods: 448,
      All: 16383,
    },
    { flags: true },
  ),
  enumeration(`${space}.PSMemberViewTypes`, { Extended: 1, Adapted: 2, Base: 4, All: 7 }, { flags: true }),
  enumeration(
    `${space}.CommandTypes`,
    {
      Alias: 1,
      Function: 2,
      Filter: 4,
      Cmdlet: 8,
      ExternalScript: 16,
      Application: 32,
      Script: 64,
      Configuration: 256,
      All: 383,
    },
    { flags: true },
  ),
  enumeration(`${space}.ShouldProcessReason`, { None: 0, WhatIf: 1 }, { flags: true }),
];
