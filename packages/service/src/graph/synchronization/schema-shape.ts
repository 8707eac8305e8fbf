import { Type } from 'typebox';
import { closedObject, listOf, nullableText } from '../shapes.ts';

/** `synchronizationSchema` and its parts (graph sheet 18). */
const AttributeShape = closedObject({
  name: Type.String(),
  type: Type.String(),
  anchor: Type.Boolean(),
  caseExact: Type.Boolean(),
  multivalued: Type.Boolean(),
  mutability: Type.String(),
  required: Type.Boolean(),
  defaultValue: nullableText,
  flowNullValues: Type.Boolean(),
  metadata: listOf(Type.Never()),
  referencedObjects: listOf(Type.Never()),
});

export const DirectoryShape = closedObject({
  id: Type.String(),
  name: Type.String(),
  objects: listOf(
    closedObject({ name: Type.String(), attributes: listOf(AttributeShape), metadata: listOf(Type.Never()) }),
  ),
});

const FilterGroups = listOf(
  closedObject({
    name: Type.String(),
    clauses: listOf(
      closedObject({
        operatorName: Type.String(),
        sourceOperandName: Type.String(),
        targetOperand: closedObject({ values: listOf(Type.String()) }),
      }),
    ),
  }),
);

const ScopeShape = closedObject({
  groups: FilterGroups,
  inputFilterGroups: FilterGroups,
  categoryFilterGroups: FilterGroups,
});

/** A tree of any depth; the engine prints it from a parsed expression. */
const SourceShape = Type.Union([
  Type.Null(),
  closedObject({
    type: Type.String(),
    name: Type.String(),
    expression: Type.String(),
    parameters: listOf(closedObject({ key: Type.String(), value: Type.Unknown() })),
  }),
]);

const AttributeMappingShape = closedObject({
  targetAttributeName: Type.String(),
  source: SourceShape,
  defaultValue: nullableText,
  exportMissingReferences: Type.Boolean(),
  flowBehavior: Type.String(),
  flowNullValues: Type.Boolean(),
  flowType: Type.String(),
  matchingPriority: Type.Integer(),
});

const ObjectMappingShape = closedObject({
  enabled: Type.Boolean(),
  name: Type.String(),
  flowTypes: Type.String(),
  sourceObjectName: Type.String(),
  targetObjectName: Type.String(),
  scope: Type.Union([Type.Null(), ScopeShape]),
  metadata: listOf(Type.Never()),
  attributeMappings: listOf(AttributeMappingShape),
});

export const SchemaShape = closedObject({
  '@odata.context': Type.Optional(Type.String()),
  id: Type.String(),
  version: Type.String(),
  directories: listOf(DirectoryShape),
  synchronizationRules: listOf(
    closedObject({
      id: Type.String(),
      name: Type.String(),
      priority: Type.Integer(),
      editable: Type.Boolean(),
      sourceDirectoryName: Type.String(),
      targetDirectoryName: Type.String(),
      metadata: listOf(Type.Never()),
      objectMappings: listOf(ObjectMappingShape),
    }),
  ),
});
