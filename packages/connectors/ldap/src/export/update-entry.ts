import { type AttributeChange, byName, type CSEntryChangeResult, nameKey } from '@joinery/connector';
import type { Modification } from '../protocol/request.ts';
import { resultCode } from '../protocol/result-code.ts';
import { failed, faultOf } from './fault.ts';
import { type ChangedAttribute, modificationsOf } from './modifications.ts';
import { modify } from './modify.ts';
import { type NamingValues, namingValues, renamingOf } from './naming.ts';
import { descriptionOf } from './octets.ts';
import { asked, dnAnchor, type EntryTask, presentChange, writtenClasses } from './outcome.ts';
import { renameEntry } from './rename-entry.ts';
import type { ExportScope } from './scope.ts';
import type { Turn } from './turn.ts';
import { takenValue, uniqueValues } from './unique-values.ts';

/**
 * Changes an entry (LDAP sheet 5.1): a rename where its DN changes, then one modify with everything else. Where the modify fails
 * after a rename, the result has the new DN all the same.
 */
export async function updateEntry(task: EntryTask, turn: Turn): Promise<CSEntryChangeResult> {
  const { entry } = task;
  const { identifier } = entry;
  const { scope } = turn;
  const before = entry.previousDn ?? entry.dn;
  const taken = await takenValue(turn, uniqueValues(entry, scope.context.settings), [before, entry.dn]);
  if (taken !== undefined) return failed(identifier, taken);

  const renaming = renamingOf(before, entry.dn);
  let dn = before;
  if (renaming !== undefined) {
    const renamed = await renameEntry(task, turn, before, renaming);
    if ('fault' in renamed) return failed(identifier, renamed.fault);
    dn = renamed.dn;
  }
  const naming = namingValues(dn, scope.context.schema);
  const former = renaming === undefined ? undefined : namingValues(before, scope.context.schema);
  const changes = entry.objectModificationType === 'Replace' ? replacing(task, scope, naming) : entry.attributeChanges;
  const mapped = changes.flatMap((change) => modificationsFor(change, task, scope, naming, former));

  const { result, dn: found, sent } = await modify(task, turn, dn, mapped, renaming !== undefined);
  const named = {
    ...(found === entry.dn ? {} : { dn: found }),
    ...anchors(task, renaming === undefined ? undefined : found),
  };
  if (result.code !== resultCode.success) {
    const fault = faultOf(result, asked(scope, 'modify', found, sent));
    return { ...failed(identifier, fault), ...(renaming === undefined ? {} : { ...named, dn: found }) };
  }
  const attributeChanges = [
    ...(renaming === undefined ? [] : await namedAnew(task, turn, found, naming, former)),
    ...(await classes(task, turn, found, sent)),
  ];
  return { identifier, errorCode: 'Success', ...named, ...(attributeChanges.length === 0 ? {} : { attributeChanges }) };
}

/** The attributes that a rename has changed by itself, as they are now. */
async function namedAnew(
  task: EntryTask,
  turn: Turn,
  dn: string,
  naming: NamingValues,
  former: NamingValues | undefined,
): Promise<readonly AttributeChange[]> {
  const { scope } = turn;
  const changed = new Set([...naming.keys(), ...(former?.keys() ?? [])]);
  const names = task.type.attributes
    .map(({ name }) => name)
    .filter((name) => changed.has(scope.attributeKey(name)) && !scope.rules.takes(name));
  if (names.length === 0) return [];
  const present = await turn.read(dn, names);
  if (present === undefined) return [];
  return names.map((name) => presentChange(task, name, present, { scope, naming }));
}

function anchors(task: EntryTask, renamedTo: string | undefined): Pick<CSEntryChangeResult, 'anchorAttributes'> {
  const anchorAttributes = renamedTo === undefined ? [] : dnAnchor(task, renamedTo);
  return anchorAttributes.length === 0 ? {} : { anchorAttributes };
}

/**
 * ObjectReplace: every selected attribute gets what the entry brings, or nothing. What names the entry, its classes and what
 * only goes one way stay where the entry does not bring them.
 */
function replacing({ entry, type }: EntryTask, scope: ExportScope, naming: NamingValues): readonly AttributeChange[] {
  return type.attributes.flatMap((attribute): readonly AttributeChange[] => {
    const given = byName(entry.attributeChanges, attribute.name);
    if (given !== undefined) return [{ ...given, modificationType: 'Replace' }];
    const key = scope.attributeKey(attribute.name);
    const stays = attribute.allowedOperation !== 'ImportExport' || key === 'objectclass' || naming.has(key);
    return stays ? [] : [{ name: attribute.name, modificationType: 'Delete', valueChanges: [] }];
  });
}

function modificationsFor(
  change: AttributeChange,
  { type }: EntryTask,
  { context, rules }: ExportScope,
  naming: NamingValues,
  former: NamingValues | undefined,
): readonly Modification[] {
  const attribute = byName(type.attributes, change.name);
  if (attribute === undefined || attribute.allowedOperation === 'ImportOnly' || rules.takes(change.name)) return [];
  const definition = context.schema.attributeType(change.name);
  const key = nameKey(definition?.name ?? change.name);
  const changed: ChangedAttribute = {
    attribute,
    definition,
    description: descriptionOf(change.name, context.settings),
    naming: naming.get(key) ?? [],
    formerNaming: former === undefined ? undefined : (former.get(key) ?? []),
  };
  return modificationsOf(change, changed);
}

/** The object classes as they are now, where they were changed: servers add superclasses as they like. */
async function classes(
  task: EntryTask,
  turn: Turn,
  dn: string,
  sent: readonly Modification[],
): Promise<readonly AttributeChange[]> {
  const key = 'objectclass';
  if (!sent.some(({ type }) => turn.scope.attributeKey(type) === key)) return [];
  const present = await turn.read(dn, ['objectClass']);
  const values = present?.values.get(key) ?? [];
  return writtenClasses(
    task,
    turn.scope,
    values.map((octets) => Buffer.from(octets).toString('utf8')),
  );
}
