import { type CSEntryChangeResult, canonicalDn, isAtOrBelow, nameKey, parentDn } from '@joinery/connector';
import type { LdapContext } from '../context.ts';
import { importScopes, isWanted } from '../import/partitions.ts';
import { postRead, postReadOid, readPostRead } from '../protocol/control/post-read.ts';
import type { Control } from '../protocol/control.ts';
import type { AttributeValues } from '../protocol/request.ts';
import type { LdapResult } from '../protocol/result.ts';
import { resultCode } from '../protocol/result-code.ts';
import { addAttributes } from './add-attributes.ts';
import { failed, faultOf } from './fault.ts';
import { repeated } from './identity.ts';
import {
  anchorsOf,
  asked,
  dnAnchor,
  type EntryTask,
  invalid,
  madeAnchors,
  refused,
  writtenClasses,
} from './outcome.ts';
import { createParents } from './parents.ts';
import { placeholderAttributes, withPlaceholders } from './placeholder-member.ts';
import type { PresentEntry, Turn } from './turn.ts';
import { takenValue, uniqueValues } from './unique-values.ts';

/** Creates an entry (LDAP sheet 5.1), with the parents that are missing where that is wanted. */
export async function addEntry(task: EntryTask, turn: Turn): Promise<CSEntryChangeResult> {
  const { entry } = task;
  const { identifier, dn } = entry;
  const { settings } = turn.scope.context;
  if (isOutOfSight(turn.scope.context, dn)) return invalid(identifier, 'ExportErrorInvalidDN', outOfSight(dn));
  const taken = await takenValue(turn, uniqueValues(entry, settings), [dn]);
  if (taken !== undefined) return failed(identifier, taken);
  const attributes = attributesOf(task, turn);
  const wanted = madeAnchors(task);

  let result = await send(turn, dn, attributes, wanted);
  const about = asked(turn.scope, 'add', dn, attributes);
  const parent = parentDn(dn);
  if (
    result.code !== resultCode.success &&
    parent !== undefined &&
    faultOf(result, about).errorCode === 'ExportErrorNonExistingParent' &&
    (await createParents(turn, parent))
  ) {
    result = await send(turn, dn, attributes, wanted);
  }
  if (result.code !== resultCode.success) return refused(task, result, about);

  const present = wanted.length === 0 ? undefined : await made(turn, dn, wanted, result);
  const server = present === undefined ? undefined : canonicalDn(present.dn);
  return {
    identifier,
    errorCode: 'Success',
    ...anchorChange([...dnAnchor(task, dn), ...(present ? anchorsOf(task, wanted, present, turn.scope) : [])]),
    attributeChanges: writtenClasses(task, turn.scope, classesOf(attributes)),
    ...(server === undefined || server === dn ? {} : { dn: server }),
  };
}

/**
 * True for a name in this directory that no import reads: the next one would take the account for deleted, and nobody could disable it any
 * more. Of names that are not in this directory the server says so itself.
 */
function isOutOfSight(context: LdapContext, dn: string): boolean {
  if (!context.profile.namingContexts.some((base) => isAtOrBelow(dn, base))) return false;
  return !importScopes(context, undefined).some((scope) => isAtOrBelow(dn, scope.base) && isWanted(scope, dn));
}

function outOfSight(dn: string): string {
  return `"${dn}" lies outside of the partitions and containers that are read: nobody would see the entry again. Add its container under Containers, or map another name.`;
}

function attributesOf({ entry, type }: EntryTask, { scope }: Turn): readonly AttributeValues[] {
  const { context, rules } = scope;
  const mapped = addAttributes(entry, type, context.settings, (name) => rules.takes(name));
  const required = placeholderAttributes(context, type.name);
  return withPlaceholders(rules.add(entry, mapped), required, context.settings.placeholderMember);
}

/** The add, with the new anchor in its answer where the server can do that (RFC 4527). */
async function send(
  turn: Turn,
  dn: string,
  attributes: readonly AttributeValues[],
  wanted: readonly string[],
): Promise<LdapResult> {
  return repeated(turn.scope, () => {
    const controls: readonly Control[] =
      wanted.length > 0 && turn.scope.supports(postReadOid) ? [postRead(wanted)] : [];
    return turn.write({ operation: 'add', dn, attributes }, controls);
  });
}

/** The entry as the server has made it: from the answer to the add, else read. */
async function made(
  turn: Turn,
  dn: string,
  wanted: readonly string[],
  { controls }: LdapResult,
): Promise<PresentEntry | undefined> {
  const answered = readPostRead(controls);
  if (answered === undefined) return turn.read(dn, wanted);
  const values = new Map<string, readonly Uint8Array[]>();
  for (const [description, texts] of answered.attributes) {
    values.set(
      turn.scope.attributeKey(description),
      texts.map((text) => Buffer.from(text, 'utf8')),
    );
  }
  return { dn: answered.dn, values };
}

function anchorChange(
  anchorAttributes: CSEntryChangeResult['anchorAttributes'],
): Pick<CSEntryChangeResult, 'anchorAttributes'> {
  return anchorAttributes === undefined || anchorAttributes.length === 0 ? {} : { anchorAttributes };
}

function classesOf(attributes: readonly AttributeValues[]): readonly string[] {
  const classes = attributes.find(({ type }) => nameKey(type) === 'objectclass')?.values ?? [];
  return classes.filter((value) => typeof value === 'string');
}
