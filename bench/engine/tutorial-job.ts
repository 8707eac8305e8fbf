import { objectFromResourceType, parseSynchronizationSchema } from '../../packages/engine/src/index.ts';
import { attribute, flatUserType } from '../../packages/scim/src/index.ts';

const urn = 'urn:ietf:params:scim:schemas:extension:ECMA2Host:2.0:User';

/** The connector of the tutorial as a SCIM application. */
export const tutorialType = flatUserType([
  attribute('AzureObjectID', { required: true, mutability: 'immutable' }),
  ...['UserName', 'DisplayName', 'EmployeeId', 'Title', 'Email'].map((name) => attribute(name)),
  attribute('IsActive', { type: 'boolean' }),
]);

const mappings: readonly (readonly [expression: string, target: string])[] = [
  ['[objectId]', 'AzureObjectID'],
  ['[userPrincipalName]', 'UserName'],
  ['[displayName]', 'DisplayName'],
  ['[employeeId]', 'EmployeeId'],
  ['[jobTitle]', 'Title'],
  ['[mail]', 'Email'],
  ['Switch([IsSoftDeleted],, "False", "True", "True", "False")', 'IsActive'],
];

/** The seven mappings of the tutorial; the user name matches. */
export const tutorialSchema = parseSynchronizationSchema({
  directories: [
    {
      name: 'Directory',
      objects: [
        {
          name: 'User',
          attributes: ['objectId', 'userPrincipalName', 'displayName', 'employeeId', 'jobTitle', 'mail'].map(
            (name) => ({
              name,
            }),
          ),
        },
      ],
    },
    { name: 'Application', objects: [objectFromResourceType('User', tutorialType)] },
  ],
  synchronizationRules: [
    {
      id: 'rule',
      sourceDirectoryName: 'Directory',
      targetDirectoryName: 'Application',
      objectMappings: [
        {
          sourceObjectName: 'User',
          targetObjectName: 'User',
          attributeMappings: mappings.map(([expression, target]) => ({
            targetAttributeName: `${urn}:${target}`,
            source: { expression },
            matchingPriority: target === 'UserName' ? 1 : 0,
          })),
        },
      ],
    },
  ],
});
