import { isList, isObject, type ScimDraft, type ScimObject, type ScimValue } from '../value.ts';

/** A text that stands for the id of another operation's resource: `bulkId:qwerty`, or an address that ends in it (RFC 7644 3.7.2). */
const form = /^(|.*\/)bulkId:([^/]+)$/s;

/** The bulkIds that a value, or a path, refers to. */
export function bulkIdsIn(value: ScimValue | undefined): ReadonlySet<string> {
  const found = new Set<string>();
  if (value !== undefined) collect(value, found);
  return found;
}

function collect(value: ScimValue, found: Set<string>): void {
  if (typeof value === 'string') {
    const id = value.includes('bulkId:') ? form.exec(value)?.[2] : undefined;
    if (id !== undefined) found.add(id);
  } else if (isList(value)) for (const each of value) collect(each, found);
  else if (isObject(value)) for (const each of Object.values(value)) collect(each, found);
}

/** The value with the ids of the resources in place of the bulkIds that are known. */
export function withIds(value: ScimValue, ids: ReadonlyMap<string, string>): ScimValue {
  if (typeof value === 'string') return textWithId(value, ids);
  if (isList(value)) return value.map((each) => withIds(each, ids));
  if (!isObject(value)) return value;
  const draft: ScimDraft = {};
  for (const [name, each] of Object.entries(value)) draft[name] = withIds(each, ids);
  return draft;
}

/** @returns the text as it is when it holds no known bulkId */
export function textWithId(text: string, ids: ReadonlyMap<string, string>): string {
  if (!text.includes('bulkId:')) return text;
  const [, before = '', bulkId = ''] = form.exec(text) ?? [];
  const id = ids.get(bulkId);
  return id === undefined ? text : before + id;
}

/** A resource without the references that cannot be made yet, and what to add once they can. */
export interface Severed {
  readonly data: ScimObject;
  /** The values left out, by path; those of a list are the elements alone. */
  readonly left: readonly { readonly path: string; readonly value: ScimValue }[];
}

/**
 * Takes out of a new resource the values that refer to resources which do not exist yet: whole elements of lists, else the whole
 * attribute. Two resources that refer to each other can be created only so.
 * @param isSchema whether a member is an extension's object
 */
export function sever(
  data: ScimObject,
  isMissing: (bulkId: string) => boolean,
  isSchema: (name: string) => boolean,
): Severed {
  const left: { path: string; value: ScimValue }[] = [];
  const refers = (value: ScimValue): boolean => [...bulkIdsIn(value)].some(isMissing);
  const part = (object: ScimObject, prefix: string): ScimObject => {
    const draft: ScimDraft = {};
    for (const [name, value] of Object.entries(object)) {
      if (!refers(value)) draft[name] = value;
      else if (prefix === '' && isObject(value) && isSchema(name)) draft[name] = part(value, `${name}:`);
      else if (isList(value)) {
        draft[name] = value.filter((each) => !refers(each));
        left.push({ path: prefix + name, value: value.filter(refers) });
      } else left.push({ path: prefix + name, value });
    }
    return draft;
  };
  return { data: part(data, ''), left };
}
