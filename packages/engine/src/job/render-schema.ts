import type { ObjectMapping, SynchronizationSchema } from './schema.ts';

/**
 * The schema as Graph prints it: `flowTypes` as one string, and the empty members that published clients expect to find.
 * The inverse of `parseSynchronizationSchema`.
 */
export function renderSynchronizationSchema(schema: SynchronizationSchema) {
  return {
    directories: schema.directories.map((directory) => ({
      ...directory,
      objects: directory.objects.map((object) => ({
        ...object,
        metadata: [],
        attributes: object.attributes.map((attribute) => ({ ...attribute, metadata: [], referencedObjects: [] })),
      })),
    })),
    synchronizationRules: schema.synchronizationRules.map((rule) => ({
      ...rule,
      metadata: [],
      objectMappings: rule.objectMappings.map(renderObjectMapping),
    })),
  };
}

function renderObjectMapping(mapping: ObjectMapping) {
  return {
    ...mapping,
    metadata: [],
    flowTypes: mapping.flowTypes.join(', '),
    attributeMappings: mapping.attributeMappings.map((attributeMapping) => ({
      ...attributeMapping,
      exportMissingReferences: false,
    })),
  };
}
