import { type AttributeDefinition, parseSynchronizationSchema, type SynchronizationSchema } from '@joinery/engine';
import { ECMA_USER_URN } from '@joinery/scim';
import { userSourceAttributes } from '../../source/attributes.ts';
import { directoryName } from '../../source/directory-reader.ts';

/** Name of a connector host as a directory in schemas (engine sheet 22.1). */
const hostDirectoryName = 'ScimOnPremises';

/** Ids that schemas name their parts by. They are the same in every job, so that a schema can be moved from one to another. */
const sourceDirectoryId = '66e4a8cc-1b7b-435e-95f8-f06cea133828';
const hostDirectoryId = '2f1f3b0b-8f0e-4e53-8f0b-0a2a7f1f6d10';
const userRuleId = '5f4ab8f5-5b2d-4c43-a0d1-6f6d8a9a1c11';

export interface SynchronizationTemplate {
  readonly id: string;
  readonly description: string;
  readonly schema: SynchronizationSchema;
  /** Where jobs of this template write to; its attributes are discovered. */
  readonly targetDirectoryName: string;
}

function attribute(part: Partial<AttributeDefinition> & { readonly name: string }) {
  return part;
}

/** The one default mapping of the original: `userPrincipalName` to `PLACEHOLDER`, until discovered attributes take its place. */
const onPremises: SynchronizationTemplate = {
  id: 'ScimOnPremises',
  description: 'A connector host on premises',
  targetDirectoryName: hostDirectoryName,
  schema: parseSynchronizationSchema({
    directories: [
      {
        id: sourceDirectoryId,
        name: directoryName,
        objects: [
          {
            name: 'User',
            attributes: userSourceAttributes.map(({ name, type, multivalued }) =>
              attribute({ name, type, multivalued, anchor: name === 'objectId', mutability: 'ReadOnly' }),
            ),
          },
        ],
      },
      {
        id: hostDirectoryId,
        name: hostDirectoryName,
        objects: [{ name: ECMA_USER_URN, attributes: [attribute({ name: `${ECMA_USER_URN}:PLACEHOLDER` })] }],
      },
    ],
    synchronizationRules: [
      {
        id: userRuleId,
        name: 'USER_TO_USER',
        priority: 1,
        sourceDirectoryName: directoryName,
        targetDirectoryName: hostDirectoryName,
        objectMappings: [
          {
            name: 'Provision users',
            sourceObjectName: 'User',
            targetObjectName: ECMA_USER_URN,
            attributeMappings: [
              {
                targetAttributeName: `${ECMA_USER_URN}:PLACEHOLDER`,
                matchingPriority: 1,
                source: {
                  type: 'Attribute',
                  name: 'userPrincipalName',
                  expression: '[userPrincipalName]',
                  parameters: [],
                },
              },
            ],
          },
        ],
      },
    ],
  }),
};

export const synchronizationTemplates: readonly SynchronizationTemplate[] = [onPremises];

/** The template with this id, compared without case; undefined where there is none. */
export function findSynchronizationTemplate(id: string): SynchronizationTemplate | undefined {
  return synchronizationTemplates.find((template) => template.id.toLowerCase() === id.toLowerCase());
}

/** The schema with the target's attributes as the target itself lists them, where it was asked. */
export function withDiscovered(
  schema: SynchronizationSchema,
  targetDirectoryName: string,
  discovered: readonly AttributeDefinition[] | undefined,
): SynchronizationSchema {
  if (discovered === undefined) return schema;
  return {
    ...schema,
    directories: schema.directories.map((directory) =>
      directory.name === targetDirectoryName
        ? { ...directory, objects: directory.objects.map((object) => ({ ...object, attributes: discovered })) }
        : directory,
    ),
  };
}
