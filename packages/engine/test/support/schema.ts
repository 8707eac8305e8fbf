import type { ResourceTypeDefinition } from '@joinery/scim';
import { objectFromResourceType, parseSynchronizationSchema, type SynchronizationSchema } from '../../src/index.ts';
import { ecma, tutorialType } from './target.ts';

export interface TestMapping {
  /** The expression; null is the kind None. */
  readonly from: string | null;
  readonly to: string;
  readonly match?: number;
  readonly when?: string;
  readonly default?: string;
  readonly nulls?: boolean;
}

export interface TestSchema {
  readonly mappings: readonly TestMapping[];
  readonly flowTypes?: string;
  readonly scope?: unknown;
  readonly type?: ResourceTypeDefinition;
  readonly targetObjectName?: string;
  /** Source attributes with their null gate open. */
  readonly nullable?: readonly string[];
  /** Changes to target attribute definitions, by name. */
  readonly target?: Readonly<Record<string, object>>;
}

export const sourceAttributes = [
  'objectId',
  'userPrincipalName',
  'displayName',
  'employeeId',
  'jobTitle',
  'mail',
  'department',
  'givenName',
  'surname',
];

/** The seven mappings of the tutorial; the user name matches. */
export const tutorialMappings: readonly TestMapping[] = [
  { from: '[objectId]', to: `${ecma}:AzureObjectID` },
  { from: '[userPrincipalName]', to: `${ecma}:UserName`, match: 1 },
  { from: '[displayName]', to: `${ecma}:DisplayName` },
  { from: '[employeeId]', to: `${ecma}:EmployeeId` },
  { from: '[jobTitle]', to: `${ecma}:Title` },
  { from: '[mail]', to: `${ecma}:Email` },
  { from: 'Switch([IsSoftDeleted],, "False", "True", "True", "False")', to: `${ecma}:IsActive` },
];

/** A schema of one rule, through the parser, as a client would PUT it. */
export function testSchema(draft: TestSchema): SynchronizationSchema {
  return parseSynchronizationSchema(schemaJson(draft));
}

export function schemaJson(draft: TestSchema): unknown {
  const name = draft.targetObjectName ?? 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
  const object = objectFromResourceType(name, draft.type ?? tutorialType);
  return {
    directories: [
      {
        id: 'source',
        name: 'Directory',
        objects: [
          {
            name: 'User',
            attributes: sourceAttributes.map((attribute) => ({
              name: attribute,
              anchor: attribute === 'objectId',
              flowNullValues: draft.nullable?.includes(attribute) ?? false,
            })),
          },
        ],
      },
      {
        id: 'target',
        name: 'Application',
        objects: [
          {
            ...object,
            attributes: object.attributes.map((attribute) => ({ ...attribute, ...draft.target?.[attribute.name] })),
          },
        ],
      },
    ],
    synchronizationRules: [
      {
        id: 'rule',
        name: 'USER_TO_USER',
        sourceDirectoryName: 'Directory',
        targetDirectoryName: 'Application',
        objectMappings: [
          {
            name: 'Provision users',
            flowTypes: draft.flowTypes ?? 'Add, Update, Delete',
            sourceObjectName: 'User',
            targetObjectName: name,
            scope: draft.scope ?? null,
            attributeMappings: draft.mappings.map((mapping) => ({
              targetAttributeName: mapping.to,
              source: mapping.from === null ? null : { expression: mapping.from },
              matchingPriority: mapping.match ?? 0,
              flowType: mapping.when ?? 'Always',
              defaultValue: mapping.default ?? null,
              flowNullValues: mapping.nulls ?? false,
            })),
          },
        ],
      },
    ],
  };
}
