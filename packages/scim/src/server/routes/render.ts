import { parseJson } from '../../json/parse.ts';
import { printJson } from '../../json/print.ts';
import { type Projection, project } from '../../resource/project.ts';
import type { ResourceType } from '../../schema/resource-type.ts';
import { isObject, type ScimDraft } from '../../value.ts';
import { locationOf, withLocation } from '../location.ts';
import type { StoredResource } from '../storage.ts';

/**
 * The JSON text of a resource for an answer. Without a projection the stored text is passed on with its location spliced in;
 * it is parsed only where attributes have to be left out.
 */
export function renderResource(
  stored: StoredResource,
  type: ResourceType,
  base: string,
  projection: Projection | undefined,
): string {
  if (projection === undefined && !type.requestOnly) return withLocation(stored, base, type);
  const resource = parseJson(stored.json);
  if (!isObject(resource)) return withLocation(stored, base, type);
  const meta = resource.meta;
  const draft: ScimDraft = { ...resource };
  if (isObject(meta)) draft.meta = { ...meta, location: locationOf(base, type, stored.id) };
  return printJson(project(draft, type, projection));
}
