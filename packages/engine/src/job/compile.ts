import {
  type AttributeShape,
  type CompiledExpression,
  checkExpression,
  compileExpression,
  findingProblem,
} from '@joinery/expressions';
import { problem } from '@joinery/problems';
import { suggestion } from '@joinery/runtime';
import { compileScope } from '../scope/filter.ts';
import { softDeletedNames } from '../source/soft-deleted.ts';
import { parseTargetPath } from '../target/path.ts';
import type { CompiledAttributeMapping, CompiledJob, CompiledObjectMapping } from './compiled.ts';
import { invalid } from './fields.ts';
import { expressionProblem, readExpression } from './read-expression.ts';
import type {
  AttributeDefinition,
  AttributeMapping,
  DirectoryDefinition,
  ObjectDefinition,
  ObjectMapping,
  SynchronizationRule,
  SynchronizationSchema,
} from './schema.ts';

/**
 * Makes a schema ready to run, and refuses what could not work: every name, path, pattern and expression is checked once.
 * @throws ENGINE_RULE_DIRECTORY_UNKNOWN, ENGINE_EXPRESSION_INVALID, ENGINE_TARGET_ATTRIBUTE_UNKNOWN, ENGINE_TARGET_ATTRIBUTE_INVALID,
 *   ENGINE_TARGET_ATTRIBUTE_READ_ONLY, ENGINE_MATCHING_MISSING, ENGINE_SOURCE_ATTRIBUTE_UNKNOWN, ENGINE_SCOPE_OPERATOR_UNKNOWN,
 *   ENGINE_SCOPE_OPERAND_INVALID, ENGINE_SCHEMA_INVALID; each with the path of the member
 */
export function compileJob(schema: SynchronizationSchema): CompiledJob {
  const rules = schema.synchronizationRules
    .map((rule, index) => ({ rule, place: `synchronizationRules[${index}]` }))
    .sort((a, b) => a.rule.priority - b.rule.priority);
  const objectMappings = rules.flatMap(({ rule, place }) =>
    rule.objectMappings.flatMap((mapping, index) =>
      mapping.enabled ? [compileObjectMapping(schema, rule, mapping, `${place}.objectMappings[${index}]`)] : [],
    ),
  );
  return { objectMappings };
}

function compileObjectMapping(
  schema: SynchronizationSchema,
  rule: SynchronizationRule,
  mapping: ObjectMapping,
  place: string,
): CompiledObjectMapping {
  const source = directoryOf(schema, rule.sourceDirectoryName, place);
  const target = directoryOf(schema, rule.targetDirectoryName, place);
  const sourceAttributes = sourceShapes(objectOf(source, mapping.sourceObjectName, place));
  const sourceDefinitions = objectOf(source, mapping.sourceObjectName, place).attributes;
  const targetObject = objectOf(target, mapping.targetObjectName, place);
  const attributes = mapping.attributeMappings.map((attributeMapping, index) => ({
    priority: attributeMapping.matchingPriority,
    compiled: compileAttributeMapping(
      attributeMapping,
      sourceAttributes,
      sourceDefinitions,
      targetObject,
      `${place}.attributeMappings[${index}]`,
    ),
  }));
  refuseRepeats(mapping, place);
  const matching = attributes
    .filter(({ priority }) => priority > 0)
    .sort((a, b) => a.priority - b.priority)
    .map(({ compiled }) => compiled);
  if (matching.length === 0) {
    throw problem('ENGINE_MATCHING_MISSING', `No attribute mapping of "${mapping.name}" is a matching one.`, { place });
  }
  const compiled = attributes.map((attribute) => attribute.compiled);
  return {
    ruleId: rule.id,
    name: mapping.name,
    sourceObjectName: mapping.sourceObjectName,
    targetObjectName: mapping.targetObjectName,
    source: { id: source.id, name: source.name },
    target: { id: target.id, name: target.name },
    ...scimNames(mapping.targetObjectName),
    flows: {
      add: mapping.flowTypes.includes('Add'),
      update: mapping.flowTypes.includes('Update'),
      delete: mapping.flowTypes.includes('Delete'),
    },
    scope: compileScope(mapping.scope, new Set(sourceAttributes.keys()), `${place}.scope`),
    attributes: compiled,
    matching,
    canDisable: compiled.some((attribute) => attribute.readsIsSoftDeleted),
  };
}

function compileAttributeMapping(
  mapping: AttributeMapping,
  sourceAttributes: ReadonlyMap<string, AttributeShape>,
  sourceDefinitions: readonly AttributeDefinition[],
  target: ObjectDefinition,
  place: string,
): CompiledAttributeMapping {
  const definition = targetDefinition(mapping.targetAttributeName, target, place);
  const source = compileSource(mapping, sourceAttributes, definition, `${place}.source`);
  if (mapping.matchingPriority > 0 && source === null) {
    throw invalid(`${place}.matchingPriority`, 'must be 0 where the mapping has no source');
  }
  const gates = sourceDefinitions.filter(({ name }) => source?.attributes.includes(name));
  return {
    path: parseTargetPath(mapping.targetAttributeName),
    definition,
    source,
    defaultValue: mapping.defaultValue,
    flowType: mapping.flowType,
    readsIsSoftDeleted: source?.attributes.some((name) => softDeletedNames.includes(name)) ?? false,
    // Every attribute that the expression reads must agree: one of them may be the reason for the null.
    clearsOnNull: mapping.flowNullValues && gates.length > 0 && gates.every(({ flowNullValues }) => flowNullValues),
    fixed: definition.anchor || definition.mutability === 'Immutable',
  };
}

function compileSource(
  mapping: AttributeMapping,
  attributes: ReadonlyMap<string, AttributeShape>,
  target: AttributeDefinition,
  place: string,
): CompiledExpression | null {
  if (mapping.source === null) return null;
  const expression = readExpression(mapping.source, place);
  const fault = checkExpression(expression, { attributes, target }).find(({ severity }) => severity === 'error');
  if (fault !== undefined) throw expressionProblem(findingProblem(fault), place);
  return compileExpression(expression);
}

function targetDefinition(name: string, target: ObjectDefinition, place: string): AttributeDefinition {
  const at = { place: `${place}.targetAttributeName` };
  const definition = target.attributes.find((candidate) => candidate.name === name);
  if (definition === undefined) {
    const hint = suggestion(
      name,
      target.attributes.map((candidate) => candidate.name),
    );
    throw problem('ENGINE_TARGET_ATTRIBUTE_UNKNOWN', `${target.name} has no attribute "${name}".${hint}`, at);
  }
  if (definition.mutability === 'ReadOnly') {
    throw problem('ENGINE_TARGET_ATTRIBUTE_READ_ONLY', `The attribute "${name}" of ${target.name} is read-only.`, at);
  }
  return definition;
}

function refuseRepeats(mapping: ObjectMapping, place: string): void {
  const seen = new Set<string>();
  for (const [index, { targetAttributeName }] of mapping.attributeMappings.entries()) {
    if (seen.has(targetAttributeName)) {
      throw invalid(`${place}.attributeMappings[${index}]`, `writes ${targetAttributeName}, as another mapping does`);
    }
    seen.add(targetAttributeName);
  }
}

function directoryOf(schema: SynchronizationSchema, name: string, place: string): DirectoryDefinition {
  const directory = schema.directories.find((candidate) => candidate.name === name);
  if (directory !== undefined) return directory;
  throw problem('ENGINE_RULE_DIRECTORY_UNKNOWN', `The schema defines no directory "${name}".`, { place });
}

function objectOf(directory: DirectoryDefinition, name: string, place: string): ObjectDefinition {
  const lower = name.toLowerCase();
  const object = directory.objects.find((candidate) => candidate.name.toLowerCase() === lower);
  if (object !== undefined) return object;
  throw problem('ENGINE_RULE_DIRECTORY_UNKNOWN', `The directory ${directory.name} defines no object "${name}".`, {
    place,
  });
}

/** What expressions and scopes may read: the source's attributes, and IsSoftDeleted, which the engine computes. */
function sourceShapes(source: ObjectDefinition): ReadonlyMap<string, AttributeShape> {
  const computed = softDeletedNames.map((name) => [name, { type: 'Boolean', multivalued: false }] as const);
  return new Map<string, AttributeShape>([
    ...computed,
    ...source.attributes.map((shape) => [shape.name, shape] as const),
  ]);
}

/**
 * Endpoint and core schema of a target object name: its last word, `…:2.0:Group` to `/Groups` (engine sheet 22.2). A name that
 * is no URN is a SCIM resource type's own.
 */
function scimNames(targetObjectName: string): { readonly endpoint: string; readonly coreSchema: string } {
  const name = targetObjectName.slice(targetObjectName.lastIndexOf(':') + 1);
  return { endpoint: `/${name}s`, coreSchema: `urn:ietf:params:scim:schemas:core:2.0:${name}` };
}
