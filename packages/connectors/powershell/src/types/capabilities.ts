import type { TypeDescription } from '@joinery/powershell/registration';
import { ecma, ecmaEnum } from './namespace.ts';
import { enumNumber } from './parts.ts';
import { RecordObject, type RecordProperty, recordType } from './record.ts';

function flag(initial: boolean): RecordProperty {
  return { type: 'bool', isSettable: true, initial: () => initial };
}

function choice(name: string, initial: number): RecordProperty {
  return { type: `${ecma}.${name}`, isSettable: true, initial: () => ecmaEnum(name, initial) };
}

const described = recordType('MACapabilities', {
  properties: {
    DistinguishedNameStyle: choice('MADistinguishedNameStyle', 0),
    ObjectRename: flag(true),
    NoReferenceValuesInFirstExport: flag(false),
    DeltaImport: flag(true),
    ConcurrentOperation: flag(true),
    DeleteAddAsReplace: flag(true),
    ExportPasswordInFirstPass: flag(false),
    FullExport: flag(false),
    ObjectConfirmation: choice('MAObjectConfirmation', 0),
    ExportType: choice('MAExportType', 1),
    Normalizations: choice('MANormalizations', 0),
    IsDNAsAnchor: flag(false),
    SupportImport: flag(true),
    SupportExport: flag(true),
    SupportPartitions: flag(true),
    SupportPassword: flag(true),
    SupportHierarchy: flag(true),
  },
  constructors: [[]],
});

/** `MACapabilities` (ECMA sheet 2.5). Without distinguished names there is nothing to rename. */
export const capabilityTypes: readonly TypeDescription[] = [
  {
    ...described,
    properties: {
      ...described.properties,
      DistinguishedNameStyle: {
        type: `${ecma}.MADistinguishedNameStyle`,
        get: (self) => (self instanceof RecordObject ? self.get('DistinguishedNameStyle') : null),
        set: (self, style) => {
          if (!(self instanceof RecordObject)) return;
          self.values.set('DistinguishedNameStyle', style);
          if (enumNumber(style) === 0) self.values.set('ObjectRename', false);
        },
      },
    },
  },
];
