import { type CSEntryChange, dnKey, parentDn, type SchemaType } from '@joinery/connector';
import type { DirectorySchema } from '../schema/directory-schema.ts';
import type { Claims } from './entry-locks.ts';
import type { EntryTask } from './outcome.ts';

/** An entry of a batch with what it touches. */
export interface OrderedEntry {
  readonly task: EntryTask;
  readonly claims: Claims;
}

/** An entry with the names that decide its place. */
interface Node {
  readonly task: EntryTask;
  readonly at: number;
  readonly entry: CSEntryChange;
  readonly type: SchemaType;
  /** Keys of its DN and, where it is renamed, of the one before. */
  readonly own: readonly string[];
  readonly ancestors: readonly string[];
  readonly deletes: boolean;
  readonly rank: number;
}

const containers: ReadonlySet<string> = new Set([
  'organizationalunit',
  'organization',
  'country',
  'locality',
  'domain',
  'dcobject',
  'container',
  'builtindomain',
  'nscontainer',
]);
const groups: ReadonlySet<string> = new Set([
  'group',
  'groupofnames',
  'groupofuniquenames',
  'groupofmembers',
  'groupofentries',
  'groupofurls',
  'posixgroup',
  'organizationalrole',
]);

/**
 * The order in which the entries of a batch begin (LDAP sheet 5.2): containers, people, groups, then deletes the other way
 * round; but always a parent before what is added below it, what is below before a delete, an added entry before those that
 * refer to it, and the changes of one entry as they were given. With it, what each touches, so that those that do not touch
 * each other overlap.
 */
export function orderBatch(tasks: readonly EntryTask[], schema: DirectorySchema): readonly OrderedEntry[] {
  const nodes = tasks.map((task, at) => nodeOf(task, at, schema));
  const byOwn = new Map<string, Node[]>();
  const byAncestor = new Map<string, Node[]>();
  for (const node of nodes) {
    for (const key of node.own) push(byOwn, key, node);
    for (const key of node.ancestors) push(byAncestor, key, node);
  }
  const references = new Map(nodes.map((node) => [node, referencesOf(node, byOwn)]));

  const ordered: Node[] = [];
  const seen = new Set<Node>();
  const visit = (node: Node): void => {
    // A node that is being visited refers to itself by way of others: then no order is right, and the second pass helps.
    if (seen.has(node)) return;
    seen.add(node);
    for (const before of predecessors(node)) visit(before);
    ordered.push(node);
  };
  const predecessors = (node: Node): readonly Node[] => {
    const same = node.own.flatMap((key) => (byOwn.get(key) ?? []).filter(({ at }) => at < node.at));
    if (node.deletes) {
      const below = node.own.flatMap((key) => byAncestor.get(key) ?? []);
      return [...same, ...below.filter((other) => other.deletes || other.entry.previousDn !== undefined)];
    }
    const needed = [...node.ancestors, ...(references.get(node) ?? [])].flatMap((key) => byOwn.get(key) ?? []);
    return [...same, ...needed.filter((other) => !other.deletes)];
  };
  for (const node of nodes.toSorted((a, b) => a.rank - b.rank || a.at - b.at)) visit(node);
  return ordered.map((node) => ({
    task: node.task,
    claims: {
      exclusive: new Set(node.own),
      shared: new Set([...node.ancestors, ...(references.get(node) ?? [])]),
    },
  }));
}

function nodeOf(task: EntryTask, at: number, schema: DirectorySchema): Node {
  const { entry, type } = task;
  const own = [entry.dn, entry.previousDn].flatMap((dn) => (dn === undefined ? [] : (dnKey(dn) ?? [])));
  const deletes = entry.objectModificationType === 'Delete';
  const rank = rankOf(type, schema);
  return {
    task,
    at,
    entry,
    type,
    own: [...new Set(own)],
    ancestors: [...new Set(own.flatMap(ancestorsOf))],
    deletes,
    // Behind everything else, groups first.
    rank: deletes ? 10 - rank : rank,
  };
}

function rankOf({ name }: SchemaType, schema: DirectorySchema): number {
  const classes = [name.toLowerCase(), ...schema.lineage(name)];
  if (classes.some((each) => containers.has(each))) return 0;
  return classes.some((each) => groups.has(each)) ? 2 : 1;
}

/** A key is a DN itself, so what is above it is a key as well. */
function ancestorsOf(key: string): readonly string[] {
  const above: string[] = [];
  for (let next = parentDn(key); next !== undefined; next = parentDn(next)) above.push(next);
  return above;
}

/** Entries of the batch that this one refers to. */
function referencesOf({ entry, type, own }: Node, byOwn: ReadonlyMap<string, readonly Node[]>): readonly string[] {
  if (byOwn.size < 2) return [];
  const references = new Set(type.attributes.flatMap((each) => (each.type === 'Reference' ? each.name : [])));
  return entry.attributeChanges
    .filter(({ name }) => references.has(name))
    .flatMap(({ valueChanges }) =>
      valueChanges.map(({ value }) => (typeof value === 'string' ? dnKey(value) : undefined)),
    )
    .flatMap((key) => (key !== undefined && byOwn.has(key) && !own.includes(key) ? key : []));
}

function push(map: Map<string, Node[]>, key: string, node: Node): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [node]);
  else list.push(node);
}
