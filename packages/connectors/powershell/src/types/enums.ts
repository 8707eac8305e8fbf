import { enumeration, type TypeDescription } from '@joinery/powershell/registration';
import * as tables from '../enums.ts';
import { ecma } from './namespace.ts';

type Labels = readonly string[] | Readonly<Record<string, number>>;

const plain: readonly (readonly [name: string, labels: Labels])[] = [
  ['AttributeType', tables.attributeTypes],
  ['AttributeOperation', tables.attributeOperations],
  ['ObjectModificationType', tables.objectModificationTypes],
  ['AttributeModificationType', tables.attributeModificationTypes],
  ['ValueModificationType', tables.valueModificationTypes],
  ['OperationType', tables.operationTypes],
  ['CloseReason', tables.closeReasons],
  ['ConfigParameterPage', tables.configParameterPages],
  ['ConfigParameterType', tables.configParameterTypes],
  ['ParameterValidationResultCode', tables.validationResultCodes],
  ['MAExportError', tables.exportErrors],
  ['MAImportError', tables.importErrors],
  ['MADistinguishedNameStyle', ['None', 'Generic', 'Ldap']],
  [
    'MAExportType',
    { AttributeUpdate: 1, AttributeReplace: 2, ObjectReplace: 3, MultivaluedReferenceAttributeUpdate: 5 },
  ],
  ['MAObjectConfirmation', { Normal: 0, NoDeleteConfirmation: 1, NoAddAndDeleteConfirmation: 3 }],
  ['ConnectionSecurityLevel', ['NotSecure', 'Secure']],
  ['ModificationType', ['Add', 'Replace', 'Delete']],
  [
    'ConnectionState',
    [
      'Connected',
      'ExplicitlyConnected',
      'Disconnected',
      'ExplicitlyDisconnected',
      'DisconnectedByFilter',
      'Placeholder',
    ],
  ],
  [
    'RuleType',
    [
      'Provisioning',
      'Projection',
      'Join',
      'AccountJoiner',
      'ConnectorFilter',
      'MVDeletion',
      'ImportAttributeFlow',
      'ExportAttributeFlow',
      'CSDeprovisioning',
      'Unknown',
    ],
  ],
  ['DeprovisionAction', { Disconnect: 1, ExplicitDisconnect: 2, Delete: 3 }],
];

const flags: readonly (readonly [name: string, labels: Labels])[] = [
  ['MANormalizations', { None: 0, Uppercase: 1, RemoveAccents: 2 }],
  ['PasswordOptions', tables.passwordOptions],
  ['AttribFlags', { None: 0, MultiValued: 1, Encrypted: 2, ExportOnly: 4 }],
];

/** ECMA sheet 2.1. */
export const enumTypes: readonly TypeDescription[] = [
  ...plain.map(([name, labels]) => enumeration(`${ecma}.${name}`, labels)),
  ...flags.map(([name, labels]) => enumeration(`${ecma}.${name}`, labels, { flags: true })),
];
