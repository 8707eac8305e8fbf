import { attribute, type CompareOperator, compileResourceType, type ResourceType, type SqlColumn } from '@joinery/scim';

/** One property that a collection can be searched by. */
export interface SearchableProperty {
  readonly name: string;
  readonly type: 'string' | 'boolean';
  readonly operators: readonly CompareOperator[];
  /** True for an object id: anything else cannot even be compared with it. */
  readonly objectId?: boolean;
  readonly column: SqlColumn;
}

/** What `$filter` may say about a collection: anything else is refused, never taken for "all rows" (graph sheet 10). */
export interface Searchable {
  readonly type: ResourceType;
  /** By name in lower case. */
  readonly properties: ReadonlyMap<string, SearchableProperty>;
}

const equality = ['eq', 'ne'] as const;
const text = ['eq', 'ne', 'sw'] as const;

function searchable(name: string, properties: readonly SearchableProperty[]): Searchable {
  return {
    type: compileResourceType({
      name,
      endpoint: `/${name}s`,
      description: '',
      extensions: [],
      schema: {
        id: `urn:joinery:search:${name}`,
        name,
        description: '',
        attributes: properties.map((property) => attribute(property.name, { type: property.type })),
      },
    }),
    properties: new Map(properties.map((property) => [property.name.toLowerCase(), property])),
  };
}

function id(column: string, name = 'id'): SearchableProperty {
  // The column is a uuid: compared as one, so that the index serves; its text is lower case, as folded operands are.
  return { name, type: 'string', operators: ['eq'], objectId: true, column: { key: column } };
}

function folded(name: string, column: string): SearchableProperty {
  return { name, type: 'string', operators: text, column: { key: column } };
}

export const searchableUsers = searchable('User', [
  id('directory_users.id'),
  folded('userPrincipalName', 'directory_users.user_principal_name_folded'),
  folded('mail', 'directory_users.mail_folded'),
  folded('employeeId', 'directory_users.employee_id_folded'),
  folded('displayName', 'directory_users.display_name_folded'),
  {
    name: 'accountEnabled',
    type: 'boolean',
    operators: equality,
    column: { key: "(directory_users.document->>'accountEnabled')::boolean" },
  },
]);

export const searchableServicePrincipals = searchable('ServicePrincipal', [
  id('directory_service_principals.id'),
  id('directory_service_principals.app_id', 'appId'),
  folded('displayName', 'directory_service_principals.display_name_folded'),
]);
