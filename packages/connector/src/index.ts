export {
  type AnchorIdentity,
  anchorIdentity,
  canonicalAnchor,
  identityOfValues,
  parseCanonicalAnchor,
} from './anchor.ts';
export { type Coercion, coerceValue, formatValue, sameValue, type ValueFault, valueKey } from './coercion.ts';
export {
  type Configuration,
  type ConfigurationFinding,
  checkConfiguration,
  parseConfiguration,
  type SecretLookup,
} from './configuration.ts';
export type {
  CloseReason,
  Connector,
  ConnectorContext,
  ConnectorKind,
  ConnectorTraits,
  DistinguishedNameStyle,
  ExportRun,
  ExportStep,
  ExportType,
  HierarchyNode,
  ImportPage,
  ImportRun,
  ImportStep,
  Isolation,
  LookupQuery,
  Partition,
  PasswordCapability,
  PasswordOptions,
  TestReport,
} from './contract.ts';
export { canonicalDn, escapeRdnValue, formatDn, formatRdn } from './dn/format.ts';
export { dnKey } from './dn/key.ts';
export type { Dn, NamingValue, Rdn } from './dn/name.ts';
export { parseDn } from './dn/parse.ts';
export { isAtOrBelow, isKeyAtOrBelow, joinDn, parentDn, rdnOf } from './dn/relation.ts';
export type {
  AnchorAttribute,
  AttributeChange,
  AttributeModificationType,
  CSEntryChange,
  CSEntryChangeResult,
  ObjectModificationType,
  ValueChange,
} from './entry.ts';
export type { ExportErrorCode, ImportErrorCode } from './error-codes.ts';
export { exceptionToProblem } from './exception-problem.ts';
export { exportResultToProblem, objectPlace } from './export-problem.ts';
export { importPages } from './import-pages.ts';
export { importErrorToProblem, stopsRun } from './import-problem.ts';
export { byName, nameKey } from './name.ts';
export {
  type ConfigParameterDefinition,
  type ConfigParameterPage,
  type ConfigParameterType,
  holdsValue,
} from './parameters.ts';
export { type ConnectorRegistry, connectorRegistry } from './registry.ts';
export {
  type AttributeOperation,
  anchorAttributes,
  type Schema,
  type SchemaAttribute,
  type SchemaType,
} from './schema.ts';
export { type SchemaSelection, selectSchema } from './selection.ts';
export { type EntryFault, type EntryValidation, validateEntry } from './validation.ts';
export type { AttributeType, AttributeValue } from './values.ts';
