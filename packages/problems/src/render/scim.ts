import type { Problem } from '../problem.ts';
import { publicText } from './public-text.ts';

export interface ScimErrorBody {
  readonly schemas: readonly ['urn:ietf:params:scim:api:messages:2.0:Error'];
  /** RFC 7644 3.12: the status as a string. */
  readonly status: string;
  readonly scimType?: string;
  readonly detail: string;
}

/** The SCIM error body of a problem (RFC 7644 3.12). */
export function toScimError(problem: Problem): ScimErrorBody {
  return {
    schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'],
    status: String(problem.status),
    ...(problem.scimType === undefined ? {} : { scimType: problem.scimType }),
    detail: publicText(problem),
  };
}
