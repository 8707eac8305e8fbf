import { validateResource } from '../resource/validate.ts';
import type { AttributePath } from '../schema/attribute-path.ts';
import type { ResourceType } from '../schema/resource-type.ts';
import type { ApplyOptions, ResourceChange } from '../server/storage.ts';
import { isList, isObject, member, type ScimObject, type ScimValue } from '../value.ts';
import { ResourceDraft } from './draft.ts';
import type { PatchOutcome, ReferenceEdit } from './outcome.ts';

/**
 * Reads a PUT body (RFC 7644 3.5.1): what is absent is cleared, except what the client may not or cannot send, namely
 * read-only, immutable and write-only attributes. An immutable attribute that differs is refused.
 * @throws what {@link validateResource} throws; `apply` throws SCIM_MUTABILITY
 */
export function replaceWith(body: ScimValue, type: ResourceType): ResourceChange {
  const replacement = validateResource(body, type);
  const paths = [type.core, ...type.extensionSchemas].flatMap((schema) => schema.attributes);
  const given = (path: AttributePath): ScimValue | undefined => {
    const holder = path.extension === undefined ? replacement : member(replacement, path.extension);
    return isObject(holder) ? member(holder, path.attribute.name) : undefined;
  };
  return {
    kind: 'replace',
    apply(current: ScimObject, { detached }: ApplyOptions = {}): PatchOutcome {
      const draft = new ResourceDraft(current, type);
      for (const path of paths) {
        const value = given(path);
        const { mutability, multiValued } = path.attribute;
        if (mutability === 'readOnly' || detached?.has(path) === true) continue;
        if (value === undefined && mutability !== 'readWrite') continue;
        if (multiValued) draft.list(path).replaceAll(isList(value) ? value : []);
        else draft.set(path, value);
      }
      return draft.finish();
    },
    referenceEdits(path: AttributePath): readonly ReferenceEdit[] {
      const value = given(path);
      return [{ kind: 'replace', elements: isList(value) ? value.filter(isObject) : [] }];
    },
  };
}
