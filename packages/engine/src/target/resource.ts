import { isList, isObject, type ScimDraft, type ScimObject, type ScimValue } from '@joinery/scim';
import type { ElementClause, TargetPath } from './path.ts';

export interface TargetValue {
  readonly path: TargetPath;
  readonly value: ScimValue;
}

/**
 * The resource that creates an object with these values: one array element per (attribute, brackets), `primary: true` on
 * the work e-mail as the published create sample has it (engine sheet 13), and `schemas` naming every block that is used.
 * @param coreSchema the URN of the resource's core schema
 */
export function buildResource(coreSchema: string, values: readonly TargetValue[]): ScimObject {
  const extensions = new Map<string, ScimDraft>();
  const elements = new Map<string, ScimDraft>();
  const root: ScimDraft = {};
  for (const { path, value } of values) {
    const holder = path.extension === undefined ? root : draftIn(extensions, path.extension);
    if (path.sub === undefined) holder[path.attribute] = value;
    else if (path.element === undefined) holder[path.attribute] = withMember(holder[path.attribute], path.sub, value);
    else element(holder, elements, path, path.element)[path.sub] = value;
  }
  return { schemas: [coreSchema, ...extensions.keys()], ...root, ...Object.fromEntries(extensions) };
}

function draftIn(drafts: Map<string, ScimDraft>, key: string): ScimDraft {
  const known = drafts.get(key) ?? {};
  drafts.set(key, known);
  return known;
}

function withMember(value: ScimValue | undefined, name: string, inner: ScimValue): ScimObject {
  return { ...(isObject(value) ? value : {}), [name]: inner };
}

function element(
  holder: ScimDraft,
  elements: Map<string, ScimDraft>,
  path: TargetPath,
  clauses: readonly ElementClause[],
): ScimDraft {
  const key = JSON.stringify([path.extension, path.attribute, clauses]);
  const known = elements.get(key);
  if (known !== undefined) return known;
  const created: ScimDraft = Object.fromEntries(clauses.map(({ name, value }) => [name, value]));
  if (path.attribute.toLowerCase() === 'emails' && created.type === 'work') created.primary = true;
  elements.set(key, created);
  const siblings = holder[path.attribute];
  holder[path.attribute] = [...(isList(siblings) ? siblings : []), created];
  return created;
}
