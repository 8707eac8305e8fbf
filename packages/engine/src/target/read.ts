import { isList, isObject, isUnassigned, type ScimObject, type ScimValue } from '@joinery/scim';
import type { ElementClause, TargetPath } from './path.ts';

/**
 * The value at a path of a target's resource, undefined where there is none. Names are compared without case: targets
 * answer in their own spelling (dialect sheet 13).
 */
export function readTarget(resource: ScimObject, path: TargetPath): ScimValue | undefined {
  const holder = path.extension === undefined ? resource : member(resource, path.extension);
  if (!isObject(holder)) return undefined;
  const value = member(holder, path.attribute);
  if (path.sub === undefined) return isUnassigned(value) ? undefined : value;
  const parent = path.element === undefined ? onlyObject(value) : findElement(value, path.element);
  const sub = parent === undefined ? undefined : member(parent, path.sub);
  return isUnassigned(sub) ? undefined : sub;
}

function onlyObject(value: ScimValue | undefined): ScimObject | undefined {
  return isObject(value) ? value : undefined;
}

function findElement(value: ScimValue | undefined, clauses: readonly ElementClause[]): ScimObject | undefined {
  if (!isList(value)) return undefined;
  return value.filter(isObject).find((element) =>
    clauses.every((clause) => {
      const actual = member(element, clause.name);
      return (
        actual !== undefined && actual !== null && String(actual).toLowerCase() === String(clause.value).toLowerCase()
      );
    }),
  );
}

function member(object: ScimObject, name: string): ScimValue | undefined {
  if (Object.hasOwn(object, name)) return object[name];
  const lower = name.toLowerCase();
  const key = Object.keys(object).find((candidate) => candidate.toLowerCase() === lower);
  return key === undefined ? undefined : object[key];
}
