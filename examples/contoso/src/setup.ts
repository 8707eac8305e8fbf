import { parseExpression, toMappingSource } from '@joinery/expressions';
import { createToken, type Random } from '@joinery/runtime';
import { type Graph, type GraphObject, listOf, objectOf, textOf } from './graph.ts';
import { applicationName, hostSchema, type TutorialMapping } from './mappings.ts';
import type { Person } from './people.ts';

/*
 * Everything the demo sets up is asked for first and made only where it is missing: a demo that was cut off goes on.
 */

/** Object ids by userPrincipalName. Deleted people are not among them. */
export type ObjectIds = Map<string, string>;

/** Makes the people that the directory does not hold yet, deleted ones aside. */
export async function ensurePeople(
  graph: Graph,
  people: readonly Person[],
  random: Random,
  signal: AbortSignal,
): Promise<ObjectIds> {
  const ids = await readPeople(graph, signal);
  const deleted = new Set<string>();
  for await (const user of graph.items('/v1.0/directory/deletedItems/microsoft.graph.user', signal)) {
    deleted.add(originalName(user));
  }
  for (const person of people) {
    if (ids.has(person.userPrincipalName) || deleted.has(person.userPrincipalName)) continue;
    // Graph demands a first password; nobody signs in here, so nobody needs to know it.
    const passwordProfile = { password: createToken(random), forceChangePasswordNextSignIn: true };
    const made = await graph.post('/v1.0/users', { ...person, passwordProfile }, signal);
    ids.set(person.userPrincipalName, textOf(made, 'id'));
  }
  return ids;
}

/** The name a deleted user had: the recycle bin keeps it behind the object id, so that the name itself is free again. */
export function originalName(user: GraphObject): string {
  return textOf(user, 'userPrincipalName').replace(textOf(user, 'id').replaceAll('-', ''), '');
}

async function readPeople(graph: Graph, signal: AbortSignal): Promise<ObjectIds> {
  const ids: ObjectIds = new Map();
  for await (const user of graph.items('/v1.0/users', signal)) {
    ids.set(textOf(user, 'userPrincipalName'), textOf(user, 'id'));
  }
  return ids;
}

/** The application's ids once it is in the tenant. */
export interface Application {
  readonly servicePrincipalId: string;
  readonly jobId: string;
  /** Root of the job's Graph resource. */
  readonly jobPath: string;
}

/** The application "On-premises ECMA app", or another of its template, with one synchronization job. */
export async function ensureApplication(
  graph: Graph,
  signal: AbortSignal,
  displayName: string = applicationName,
): Promise<Application> {
  const servicePrincipalId =
    (await findApplication(graph, displayName, signal)) ?? (await instantiateApplication(graph, displayName, signal));
  const jobs = `/v1.0/servicePrincipals/${servicePrincipalId}/synchronization/jobs`;
  const existing = listOf((await graph.get(jobs, signal)).value)[0];
  const job =
    existing === undefined ? await graph.post(jobs, { templateId: 'ScimOnPremises' }, signal) : objectOf(existing);
  const jobId = textOf(job, 'id');
  return { servicePrincipalId, jobId, jobPath: `${jobs}/${jobId}` };
}

async function findApplication(graph: Graph, displayName: string, signal: AbortSignal): Promise<string | undefined> {
  for await (const principal of graph.items('/v1.0/servicePrincipals', signal)) {
    if (principal.displayName === displayName) return textOf(principal, 'id');
  }
  return undefined;
}

async function instantiateApplication(graph: Graph, displayName: string, signal: AbortSignal): Promise<string> {
  const filter = encodeURIComponent(`displayName eq '${applicationName}'`);
  const templates = await graph.get(`/v1.0/applicationTemplates?$filter=${filter}`, signal);
  const template = textOf(objectOf(listOf(templates.value)[0]), 'id');
  const made = await graph.post(`/v1.0/applicationTemplates/${template}/instantiate`, { displayName }, signal);
  return textOf(objectOf(made.servicePrincipal), 'id');
}

/** Tells the application where its connector host is and by which certificate to trust it. */
export async function saveCredentials(
  graph: Graph,
  { servicePrincipalId }: Application,
  target: { readonly url: string; readonly token: string; readonly certificateFile: string },
  signal: AbortSignal,
): Promise<void> {
  await graph.put(
    `/v1.0/servicePrincipals/${servicePrincipalId}/synchronization/secrets`,
    {
      value: [
        { key: 'BaseAddress', value: target.url },
        { key: 'SecretToken', value: target.token },
        { key: 'TrustedCertificateFile', value: target.certificateFile },
        { key: 'SyncAll', value: 'False' },
      ],
    },
    signal,
  );
}

/** Discovers the connector's attributes and saves the mappings. @returns the attributes' names */
export async function saveMappings(
  graph: Graph,
  { jobPath }: Application,
  mappings: readonly TutorialMapping[],
  signal: AbortSignal,
): Promise<string[]> {
  const schema = await graph.get(`${jobPath}/schema`, signal);
  const [rule] = listOf(schema.synchronizationRules).map(objectOf);
  const targetName = textOf(objectOf(rule), 'targetDirectoryName');
  const directory = listOf(schema.directories)
    .map(objectOf)
    .find((each) => each.name === targetName);
  const discovered = await graph.post(
    `${jobPath}/schema/directories/${textOf(objectOf(directory), 'id')}/discover`,
    {},
    signal,
  );
  const attributes = listOf(objectOf(listOf(discovered.objects)[0]).attributes);
  const attributeMappings = mappings.map(({ expression, target, matchingPriority, flowType = 'Always' }) => ({
    targetAttributeName: target === 'active' ? target : `${hostSchema}:${target}`,
    matchingPriority,
    flowType,
    source: toMappingSource(parseExpression(expression)),
  }));
  await graph.put(
    `${jobPath}/schema`,
    withMappings(schema, attributeMappings, textOf(objectOf(rule), 'sourceDirectoryName'), extensionsIn(mappings)),
    signal,
  );
  return attributes.map((attribute) => textOf(objectOf(attribute), 'name'));
}

/** @param sourceName the directory that the mappings read */
function withMappings(
  schema: GraphObject,
  attributeMappings: readonly GraphObject[],
  sourceName: string,
  extensions: readonly string[],
): GraphObject {
  const added = extensions.map((name) => ({ name, type: 'String' }));
  return {
    ...schema,
    directories: listOf(schema.directories).map((directory) => {
      const { name, objects, ...rest } = objectOf(directory);
      if (name !== sourceName) return directory;
      const withExtensions = listOf(objects).map((object) => {
        const { attributes, ...others } = objectOf(object);
        return { ...others, attributes: [...listOf(attributes), ...added] };
      });
      return { ...rest, name, objects: withExtensions };
    }),
    synchronizationRules: listOf(schema.synchronizationRules).map((rule) => ({
      ...objectOf(rule),
      objectMappings: listOf(objectOf(rule).objectMappings).map((mapping) => ({
        ...objectOf(mapping),
        attributeMappings,
      })),
    })),
  };
}

/** Directory extensions that expressions read: a tenant's own attributes, which its schema does not list by itself. */
function extensionsIn(mappings: readonly TutorialMapping[]): string[] {
  const names = mappings.flatMap(
    ({ expression }) => expression.match(/(?<=\[)extension_[0-9a-f]{32}_\w+(?=\])/g) ?? [],
  );
  return [...new Set(names)];
}

/** The id of the default access role (graph sheet 15). */
const defaultAccess = '00000000-0000-0000-0000-000000000000';

/** Assigns everyone who is not assigned yet. */
export async function assignPeople(
  graph: Graph,
  { servicePrincipalId }: Application,
  ids: ObjectIds,
  signal: AbortSignal,
): Promise<number> {
  const path = `/v1.0/servicePrincipals/${servicePrincipalId}/appRoleAssignedTo`;
  const assigned = new Set<string>();
  for await (const assignment of graph.items(path, signal)) assigned.add(textOf(assignment, 'principalId'));
  for (const principalId of ids.values()) {
    if (assigned.has(principalId)) continue;
    await graph.post(path, { principalId, resourceId: servicePrincipalId, appRoleId: defaultAccess }, signal);
  }
  return ids.size;
}

/** Takes the assignment of one person back; nothing to do when it is gone. */
export async function unassign(
  graph: Graph,
  { servicePrincipalId }: Application,
  principalId: string,
  signal: AbortSignal,
): Promise<void> {
  const path = `/v1.0/servicePrincipals/${servicePrincipalId}/appRoleAssignedTo`;
  for await (const assignment of graph.items(path, signal)) {
    if (assignment.principalId === principalId) await graph.delete(`${path}/${textOf(assignment, 'id')}`, signal);
  }
}
