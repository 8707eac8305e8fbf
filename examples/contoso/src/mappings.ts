/** The name of the application, as in the tutorial. */
export const applicationName = 'On-premises ECMA app';

/** The extension schema in which the connector host shows a connector's attributes. */
export const hostSchema = 'urn:ietf:params:scim:schemas:extension:ECMA2Host:2.0:User';

/** The tutorial's attribute list: anchor, query attribute and DN are AzureObjectID. */
export const selectedAttributes = [
  'AzureObjectID',
  'IsActive',
  'DisplayName',
  'EmployeeId',
  'Title',
  'UserName',
  'Email',
] as const;

/** One row of a table of mappings. */
export interface TutorialMapping {
  readonly expression: string;
  /** A connector's attribute, or `active`, by which every user is disabled. */
  readonly target: string;
  /** 1 for the matching attribute, 0 otherwise. */
  readonly matchingPriority: number;
  /** `ObjectAddOnly`: applied when the object is made, and never after; `Always` where absent. */
  readonly flowType?: 'Always' | 'ObjectAddOnly';
}

/** The seven mappings; existing people are found by their user name. */
export const tutorialMappings: readonly TutorialMapping[] = [
  { expression: '[objectId]', target: 'AzureObjectID', matchingPriority: 0 },
  { expression: '[userPrincipalName]', target: 'UserName', matchingPriority: 1 },
  { expression: '[displayName]', target: 'DisplayName', matchingPriority: 0 },
  { expression: '[employeeId]', target: 'EmployeeId', matchingPriority: 0 },
  { expression: '[jobTitle]', target: 'Title', matchingPriority: 0 },
  { expression: '[mail]', target: 'Email', matchingPriority: 0 },
  { expression: 'Switch([IsSoftDeleted],, "False", "True", "True", "False")', target: 'IsActive', matchingPriority: 0 },
];
