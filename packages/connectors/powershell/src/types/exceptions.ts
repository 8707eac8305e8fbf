import {
  as,
  ErrorRecord,
  exceptionDescription,
  exceptionOf,
  NetException,
  type Overload,
  type TypeDescription,
  usualConstructors,
} from '@joinery/powershell/registration';
import { ecma } from './namespace.ts';
import { textPart } from './parts.ts';

/*
 * The two trees of ECMA 2's exceptions (ECMA sheet 2.8). A text becomes one by a cast: `throw [ServerDownException]'…'`.
 */

/** Exceptions whose text is the name of what is missing, by the property that has it. */
const aboutNames: readonly (readonly [name: string, property: string])[] = [
  ['NoSuchAttributeException', 'AttributeName'],
  ['NoSuchParameterException', 'ParameterName'],
  ['NoSuchAttributeInObjectTypeException', 'AttributeName'],
  ['AttributeDoesNotExistOnObjectException', 'AttributeName'],
  ['AttributeNotInInclusionListException', 'AttributeName'],
  ['AttributeNotPresentException', 'AttributeName'],
  ['AttributeNotDefinedAsSourceException', 'AttributeName'],
  ['TooManyValuesException', 'AttributeName'],
];

const ofDirectory = [
  'NoCompatiblePartitionFoundException',
  'MissingParentObjectException',
  'ObjectAlreadyExistsException',
  'NoSuchClassException',
  'NoSuchObjectTypeException',
  'NoSuchObjectException',
  'InvalidDNException',
  'NoSuchManagementAgentException',
];

const ofExtension = [
  'TerminateRunException',
  'DeclineMappingException',
  'UnexpectedDataException',
  'EntryPointNotImplementedException',
  'OldPasswordIncorrectException',
  'ObjectNotFoundException',
  'ObjectTypeNotSupportedException',
  'AccessDeniedException',
  'PasswordIllFormedException',
  'PasswordPolicyViolationException',
  'BadServerCredentialsException',
  'ServerDownException',
  'FailedConnectionException',
  'DroppedConnectionException',
  'WarningNoWatermarkException',
  'FailedSearchException',
  'PasswordExtensionException',
  'EndConnectionException',
  'ClosePasswordConnectionException',
  'EntryExportException',
  'FatalEntryExportException',
  'ExtensibleExtensionException',
  'FunctionEvaluationException',
  'ProvisioningBySyncRuleException',
];

const directoryBase = `${ecma}.MetadirectoryServicesException`;
const extensionBase = `${ecma}.ExtensionException`;

function aboutName(name: string, property: string): TypeDescription {
  const initial = `Exception of type '${ecma}.${name}' was thrown.`;
  const parameter = `string ${property.charAt(0).toLowerCase()}${property.slice(1)}`;
  const constructors: readonly Overload[] = [
    { signature: 'new()', invoke: (_self, _none, _context, type) => new NetException(type, initial) },
    {
      signature: `new(${parameter})`,
      invoke: (_self, [text], _context, type) =>
        new NetException(type, textPart(text) ?? initial, { details: { [property]: text ?? null } }),
    },
    {
      signature: `new(${parameter}, System.Exception innerException)`,
      invoke: (_self, [text, inner], _context, type) =>
        new NetException(type, textPart(text) ?? initial, {
          inner: inner instanceof NetException ? inner : undefined,
          details: { [property]: text ?? null },
        }),
    },
  ];
  return exceptionDescription(`${ecma}.${name}`, directoryBase, {
    constructors,
    properties: {
      [property]: { type: 'string', get: (self) => exceptionOf(self).details.get(property) ?? null },
    },
  });
}

/**
 * Beside the usual ones a constructor that the original lacks: published scripts end with `throw $record -as [an exception]`,
 * which there leaves nothing of the error to be told (ECMA sheet 2.8).
 */
function leaf(name: string, base: string): TypeDescription {
  const full = `${ecma}.${name}`;
  const ofRecord: Overload = {
    signature: 'new(System.Management.Automation.ErrorRecord errorRecord)',
    invoke: (_self, [record], _context, type) => {
      const { exception, details } = as(record, ErrorRecord);
      return new NetException(type, details?.message ?? exception.message, { inner: exception });
    },
  };
  return exceptionDescription(full, base, { constructors: [...usualConstructors(full), ofRecord] });
}

export const exceptionTypes: readonly TypeDescription[] = [
  exceptionDescription(directoryBase, 'System.ApplicationException'),
  exceptionDescription(extensionBase, 'System.ApplicationException'),
  ...aboutNames.map(([name, property]) => aboutName(name, property)),
  ...ofDirectory.map((name) => leaf(name, directoryBase)),
  ...ofExtension.map((name) => leaf(name, extensionBase)),
];
