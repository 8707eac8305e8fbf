import { parsePatch } from '../patch/parse.ts';
import { replaceWith } from '../patch/replace.ts';
import type { ResourceType } from '../schema/resource-type.ts';
import type { ScimValue } from '../value.ts';
import type { ServerContext } from './context.ts';
import type { ResourceChange } from './storage.ts';

/** The change that the body of a PATCH or PUT asks for, under the server's limits. */
export function readChange(
  { limits, patchSchemasOptional }: ServerContext,
  type: ResourceType,
  kind: ResourceChange['kind'],
  body: ScimValue,
): ResourceChange {
  if (kind === 'replace') return replaceWith(body, type);
  return parsePatch(body, type, { maxOperations: limits.patchOperations, schemasOptional: patchSchemasOptional });
}
