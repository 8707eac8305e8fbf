import type { ScimObject, ScimValue } from '../value.ts';
import { isList, isObject } from '../value.ts';
import type { PatchDialect, PatchInstruction } from './patch-dialect.ts';

/** What the SCIM API of Entra ID takes in one PATCH of a group (dialect sheet 9). */
const membersPerAddition = 20;
const membersPerRemoval = 1;

/**
 * Splits a change into the requests that a dialect needs: one, except for the SCIM API of Entra ID, which takes membership changes
 * alone, few at a time. Several requests are not one change: when one fails, those before it have happened, and doing all again
 * does no harm, as adding a member who is there and removing one who is not are no changes.
 */
export function splitInstructions(
  instructions: readonly PatchInstruction[],
  dialect: PatchDialect,
): readonly (readonly PatchInstruction[])[] {
  if (dialect !== 'entraApi') return [instructions];
  const attributes = instructions.filter((instruction) => !isMembership(instruction));
  const members = instructions.filter(isMembership).flatMap(inPortions);
  return [...(attributes.length === 0 ? [] : [attributes]), ...members.map((each) => [each])];
}

function isMembership({ op, path }: PatchInstruction): boolean {
  return op !== 'replace' && path.toLowerCase() === 'members';
}

function inPortions(instruction: PatchInstruction): readonly PatchInstruction[] {
  const { op, path } = instruction;
  if ('value' in instruction) {
    const list: readonly ScimValue[] = isList(instruction.value) ? instruction.value : [instruction.value];
    return portions(list, membersPerAddition).map((value) => ({ op: instruction.op, path, value }));
  }
  if (instruction.elements === undefined || op !== 'remove') return [instruction];
  return portions(instruction.elements, membersPerRemoval).map((elements) => ({ op, path, elements }));
}

function portions<T>(list: readonly T[], size: number): readonly (readonly T[])[] {
  return Array.from({ length: Math.ceil(list.length / size) }, (_, index) =>
    list.slice(index * size, (index + 1) * size),
  );
}

/**
 * The changes that give an existing resource the attributes of a new one: a replace by attribute, those of extensions by their
 * full name. What the server sets itself is left out, and so is the password, which a match gives nobody the right to set.
 */
export function instructionsOf(resource: ScimObject): readonly PatchInstruction[] {
  return Object.entries(resource).flatMap(([name, value]): readonly PatchInstruction[] => {
    if (/^(?:schemas|id|meta|password)$/i.test(name)) return [];
    if (!name.toLowerCase().startsWith('urn:') || !isObject(value)) return [{ op: 'replace', path: name, value }];
    return Object.entries(value).map(([inner, each]) => ({ op: 'replace', path: `${name}:${inner}`, value: each }));
  });
}
