import type { Problem, ProblemCode } from '@joinery/problems';

/** Problems that are told by their code; the words are those of engine sheet 20. */
const byCode: Partial<Record<ProblemCode, string>> = {
  ENGINE_MATCH_AMBIGUOUS: 'DuplicateTargetEntries',
  ENGINE_MATCH_CLAIMED: 'DuplicateSourceEntries',
  ENGINE_IMPORT_SKIPPED: 'ImportSkipped',
  ENGINE_TARGET_VANISHED: 'InvalidAnchor',
  ENGINE_VALUE_MISSING: 'MissingValues',
  ENGINE_VALUE_LIST: 'SchemaPropertyCanOnlyAcceptValue',
  ENGINE_VALUE_INVALID: 'InvalidAttributeSyntax',
  RUNTIME_DEADLINE: 'Timeout',
  SCIM_TARGET_AMBIGUOUS: 'DuplicateTargetEntries',
  SCIM_TARGET_ANSWER: 'SystemForCrossDomainIdentityManagementServiceIncompatible',
  SCIM_TARGET_BUSY: 'TooManyRequests',
  SCIM_TARGET_CONFLICT: 'EntryConflict',
  SCIM_TARGET_DENIED: 'InsufficientRights',
  SCIM_TARGET_INVALID: 'UnprocessableEntity',
  SCIM_TARGET_NOT_FOUND: 'InvalidAnchor',
  SCIM_TARGET_UNAVAILABLE: 'InternalServerError',
  SCIM_TARGET_UNREACHABLE: 'WebExceptionProtocolError',
  SCIM_TARGET_UNSUPPORTED: 'NotImplemented',
};

/** The errorCode of a log row. Read from the problem's code and kind, never from a message (design decision 6). */
export function errorCodeOf(problem: Problem): string {
  const word = byCode[problem.code];
  if (word !== undefined) return word;
  // Engine sheet 20 has no word for a mapping that fails; an administrator must see that it is the mapping, not the target.
  if (problem.code.startsWith('EXPRESSION_')) return 'ExpressionEvaluationFailed';
  switch (problem.kind) {
    case 'conflict':
      return 'Conflict';
    case 'notFound':
      return 'InvalidAnchor';
    case 'denied':
      return 'InsufficientRights';
    case 'invalid':
      return 'UnprocessableEntity';
    case 'unavailable':
      return 'InternalServerError';
    case 'internal':
      return 'InternalError';
  }
}
