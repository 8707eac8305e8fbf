import type { ProblemDefinition, ProblemTable } from '../definition.ts';

/** A job that cannot run as it is configured. */
function misconfigured(title: string, fix: string) {
  return { kind: 'invalid', retry: 'never', status: 400, title, fix } as const satisfies ProblemDefinition;
}

/** An object that cannot be provisioned until its data or the mapping changes; status 422 is what a single request would be answered with. */
function dataFault(title: string, fix: string) {
  return { kind: 'invalid', retry: 'never', status: 422, title, fix } as const satisfies ProblemDefinition;
}

function unknown(title: string, fix: string) {
  return { kind: 'notFound', retry: 'never', status: 404, title, fix } as const satisfies ProblemDefinition;
}

export const engineProblems = {
  ENGINE_SCHEMA_INVALID: misconfigured(
    'The synchronization schema or the settings of the job are not in the expected form.',
    'Correct the named member; the schema that a GET answers with shows the form.',
  ),
  ENGINE_RULE_DIRECTORY_UNKNOWN: misconfigured(
    'A synchronization rule names a directory or an object that the schema does not define.',
    'Add the definition to the directories of the schema, or name one that is there.',
  ),
  ENGINE_SOURCE_ATTRIBUTE_UNKNOWN: misconfigured(
    'A scoping filter names an attribute that the source does not have.',
    'Use an attribute of the source directory; names are case-sensitive.',
  ),
  ENGINE_TARGET_ATTRIBUTE_UNKNOWN: misconfigured(
    'A mapping writes to an attribute that the target does not have.',
    'Read the schema of the target again, or write to an attribute that it lists.',
  ),
  ENGINE_TARGET_ATTRIBUTE_INVALID: misconfigured(
    'A target attribute name is not one that a mapping can write to.',
    'Write it as attribute, attribute.sub, attribute[type eq "work"].sub, each with a schema URN in front where needed.',
  ),
  ENGINE_TARGET_ATTRIBUTE_READ_ONLY: misconfigured(
    'A mapping writes to an attribute that the target keeps to itself.',
    'Remove the mapping.',
  ),
  ENGINE_EXPRESSION_INVALID: misconfigured(
    'The expression of an attribute mapping is not valid.',
    'Correct the expression at the named place; `joinery expression eval` tries it out.',
  ),
  ENGINE_MATCHING_MISSING: misconfigured(
    'An object mapping has no matching attribute.',
    'Give at least one attribute mapping a matching priority of 1 or more: without it the engine cannot tell who is who.',
  ),
  ENGINE_SCOPE_OPERATOR_UNKNOWN: misconfigured(
    'A scoping filter uses an operator that does not exist.',
    'Use one of the operators that the filter operators of the job list.',
  ),
  ENGINE_SCOPE_OPERAND_INVALID: misconfigured(
    'The value of a scoping clause does not fit its operator.',
    'Give a whole number to the comparisons, a .NET regular expression to the matches, and a value to every binary operator.',
  ),
  ENGINE_RESET_SCOPE_UNKNOWN: misconfigured(
    'The reset scope of a restart is not known.',
    'Use None, ConnectorDataStore, Escrows, Watermark, QuarantineState, Full or ForceDeletes, separated by commas.',
  ),
  ENGINE_JOB_UNKNOWN: unknown('There is no such synchronization job.', 'List the jobs of the service principal.'),
  ENGINE_RULE_UNKNOWN: unknown(
    'The job has no such synchronization rule.',
    'Read the schema of the job and use the id of one of its rules.',
  ),
  ENGINE_OBJECT_UNKNOWN: unknown(
    'The source has no such object, or no mapping of the job takes it.',
    'Check the id and the object type; a new object may take a moment to show.',
  ),
  ENGINE_JOB_PAUSED: {
    kind: 'conflict',
    retry: 'afterReset',
    status: 409,
    title: 'The job is paused.',
    fix: 'Start the job; it goes on where it stood.',
  },
  ENGINE_JOB_NOT_CONFIGURED: {
    kind: 'conflict',
    retry: 'never',
    status: 409,
    title: 'The job has no credentials for its target.',
    fix: 'Save the address and the secret token of the target, then start the job.',
  },
  ENGINE_TARGET_DOWN: {
    kind: 'unavailable',
    retry: 'backoff',
    status: 503,
    title: 'The target does not answer the connection test.',
    fix: 'Check that the target runs and that its address and secret token are right; the cycle goes on where it stopped.',
  },
  ENGINE_CYCLE_TAKEN: {
    kind: 'conflict',
    retry: 'never',
    status: 409,
    title: 'Another run has taken over the cycle.',
    fix: 'Nothing to do: the other run goes on with it.',
  },
  ENGINE_OBJECT_BUSY: {
    kind: 'conflict',
    retry: 'backoff',
    status: 409,
    title: 'Another run is provisioning the object.',
    fix: 'Wait for the other run, and look at the provisioning log for what it did; the next cycle tries again.',
  },
  ENGINE_WATERMARK_EXPIRED: {
    kind: 'unavailable',
    retry: 'never',
    status: 410,
    title: 'The change feed no longer reaches back to where the job stopped.',
    fix: 'Nothing to do: the cycle reads everything instead.',
  },
  ENGINE_TARGET_WITHOUT_ID: dataFault(
    'The target answered with an object that has no id.',
    'The target must give every object an id (RFC 7643 3.1); report it to its maker.',
  ),
  ENGINE_TARGET_VANISHED: {
    kind: 'notFound',
    retry: 'never',
    status: 404,
    title: 'The connected object is no longer in the target.',
    fix: 'Delete the object connection; the next run matches or creates the object anew.',
  },
  ENGINE_MATCH_AMBIGUOUS: {
    kind: 'conflict',
    retry: 'never',
    status: 409,
    title: 'Several objects of the target match one object of the source.',
    fix: 'Make the matching attribute unique in the target, or match by another attribute.',
  },
  ENGINE_MATCH_CLAIMED: {
    kind: 'conflict',
    retry: 'never',
    status: 409,
    title: 'Several objects of the source match one object of the target.',
    fix: 'Give each source object its own value for the matching attribute, or match by another attribute.',
  },
  ENGINE_IMPORT_SKIPPED: dataFault(
    'The source object has no value for any matching attribute.',
    'Fill in the attribute in the source.',
  ),
  ENGINE_VALUE_INVALID: dataFault(
    'A mapping yields a value that is not of the target attribute’s type.',
    'Correct the value in the source, or convert it in the mapping’s expression.',
  ),
  ENGINE_VALUE_LIST: dataFault(
    'A mapping yields several values for an attribute that takes one.',
    'Choose one in the expression, for example with Item or Join.',
  ),
  ENGINE_VALUE_MISSING: dataFault(
    'A mapping yields no value for an attribute that the target requires.',
    'Fill in the value in the source, or give the mapping a default value.',
  ),
  ENGINE_PLAN_INCOMPLETE: {
    kind: 'internal',
    retry: 'never',
    status: 500,
    title: 'A plan was asked for before the target was.',
    fix: 'This is a defect of the engine; report it with the log.',
  },
  ENGINE_STORED_VALUE: {
    kind: 'internal',
    retry: 'never',
    status: 500,
    title: 'The database holds a value that this version does not know.',
    fix: 'Use the version that wrote it, or a newer one.',
  },
} as const satisfies ProblemTable;
