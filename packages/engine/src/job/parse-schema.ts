import { type MappingSource, toMappingSource } from '@joinery/expressions';
import { Fields, invalid, textElement } from './fields.ts';
import { readExpression } from './read-expression.ts';
import {
  type AttributeDefinition,
  type AttributeMapping,
  attributeFlowTypes,
  attributeTypes,
  type DirectoryDefinition,
  type Filter,
  type FilterClause,
  type FilterGroup,
  type FlowType,
  flowTypes,
  mutabilities,
  type ObjectDefinition,
  type ObjectMapping,
  type SynchronizationRule,
  type SynchronizationSchema,
} from './schema.ts';

/**
 * Reads a synchronization schema from JSON. Members the schema does not know are ignored: bodies come from SDK serialisers
 * and hand-edited exports (graph sheet 18).
 * @throws ENGINE_SCHEMA_INVALID with the path of the member that is wrong
 */
export function parseSynchronizationSchema(value: unknown): SynchronizationSchema {
  const fields = new Fields(value, '');
  return {
    directories: fields.list('directories', directory),
    synchronizationRules: fields.list('synchronizationRules', rule),
  };
}

function directory(value: unknown, place: string): DirectoryDefinition {
  const fields = new Fields(value, place);
  const name = fields.string('name');
  return { id: fields.string('id', name), name, objects: fields.list('objects', objectDefinition) };
}

function objectDefinition(value: unknown, place: string): ObjectDefinition {
  const fields = new Fields(value, place);
  const definition = { name: fields.string('name'), attributes: fields.list('attributes', attribute) };
  const seen = new Set<string>();
  for (const { name } of definition.attributes) {
    if (seen.has(name)) throw invalid(fields.at('attributes'), `names the attribute ${name} twice`);
    seen.add(name);
  }
  if (definition.attributes.filter((candidate) => candidate.anchor).length > 1) {
    throw invalid(fields.at('attributes'), 'has more than one anchor; exactly one attribute identifies an object');
  }
  return definition;
}

function attribute(value: unknown, place: string): AttributeDefinition {
  const fields = new Fields(value, place);
  return {
    name: fields.string('name'),
    type: fields.word('type', attributeTypes, 'String'),
    anchor: fields.boolean('anchor', false),
    caseExact: fields.boolean('caseExact', false),
    multivalued: fields.boolean('multivalued', false),
    mutability: fields.word('mutability', mutabilities, 'ReadWrite'),
    required: fields.boolean('required', false),
    defaultValue: fields.text('defaultValue'),
    flowNullValues: fields.boolean('flowNullValues', false),
  };
}

function rule(value: unknown, place: string): SynchronizationRule {
  const fields = new Fields(value, place);
  return {
    id: fields.string('id'),
    name: fields.string('name', ''),
    priority: fields.integer('priority', 1),
    editable: fields.boolean('editable', true),
    sourceDirectoryName: fields.string('sourceDirectoryName'),
    targetDirectoryName: fields.string('targetDirectoryName'),
    objectMappings: fields.list('objectMappings', objectMapping),
  };
}

function objectMapping(value: unknown, place: string): ObjectMapping {
  const fields = new Fields(value, place);
  return {
    enabled: fields.boolean('enabled', true),
    name: fields.string('name', ''),
    flowTypes: parseFlowTypes(fields.string('flowTypes', 'Add, Update, Delete'), fields.at('flowTypes')),
    sourceObjectName: fields.string('sourceObjectName'),
    targetObjectName: fields.string('targetObjectName'),
    scope: fields.optional('scope', filter),
    attributeMappings: fields.list('attributeMappings', attributeMapping),
  };
}

function parseFlowTypes(text: string, place: string): readonly FlowType[] {
  return text
    .split(',')
    .map((word) => word.trim())
    .filter((word) => word !== '')
    .map((word) => {
      const known = flowTypes.find((candidate) => candidate.toLowerCase() === word.toLowerCase());
      if (known === undefined) throw invalid(place, `names ${word}; known are ${flowTypes.join(', ')}`);
      return known;
    });
}

function filter(value: unknown, place: string): Filter {
  const fields = new Fields(value, place);
  return {
    groups: fields.list('groups', filterGroup),
    inputFilterGroups: fields.list('inputFilterGroups', filterGroup),
    categoryFilterGroups: fields.list('categoryFilterGroups', filterGroup),
  };
}

function filterGroup(value: unknown, place: string): FilterGroup {
  const fields = new Fields(value, place);
  return { name: fields.string('name', ''), clauses: fields.list('clauses', filterClause) };
}

function filterClause(value: unknown, place: string): FilterClause {
  const fields = new Fields(value, place);
  const operand = fields.optional('targetOperand', (inner, innerPlace) => ({
    values: new Fields(inner, innerPlace).list('values', textElement),
  }));
  return {
    operatorName: fields.string('operatorName'),
    sourceOperandName: fields.string('sourceOperandName'),
    targetOperand: operand ?? { values: [] },
  };
}

function attributeMapping(value: unknown, place: string): AttributeMapping {
  const fields = new Fields(value, place);
  return {
    targetAttributeName: fields.string('targetAttributeName'),
    source: fields.optional('source', mappingSource),
    defaultValue: fields.text('defaultValue'),
    flowType: fields.word('flowType', attributeFlowTypes, 'Always'),
    flowBehavior: fields.word('flowBehavior', ['FlowWhenChanged', 'FlowAlways'], 'FlowWhenChanged'),
    matchingPriority: fields.integer('matchingPriority', 0),
    flowNullValues: fields.boolean('flowNullValues', false),
  };
}

/** Read and printed again, so that what is stored always says the same in its text and in its tree. */
function mappingSource(value: unknown, place: string): MappingSource {
  return toMappingSource(readExpression(value, place));
}
