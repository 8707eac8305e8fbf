import { type Problem, type ProblemCode, problem } from '@joinery/problems';

/** The exceptions of `Microsoft.MetadirectoryServices` that scripts throw, by their name without `Exception` (ECMA sheet 2.8, last paragraph). */
const exceptionCodes: ReadonlyMap<string, ProblemCode> = new Map<string, ProblemCode>([
  ['ServerDown', 'CONNECTOR_TARGET_UNAVAILABLE'],
  ['FailedConnection', 'CONNECTOR_TARGET_UNAVAILABLE'],
  ['DroppedConnection', 'CONNECTOR_TARGET_UNAVAILABLE'],
  ['EndConnection', 'CONNECTOR_TARGET_UNAVAILABLE'],
  // Not 401 or 403: it is the connector's account that was refused, not the caller's.
  ['BadServerCredentials', 'CONNECTOR_CREDENTIALS_REFUSED'],
  ['AccessDenied', 'CONNECTOR_CREDENTIALS_REFUSED'],
  ['ObjectNotFound', 'CONNECTOR_OBJECT_MISSING'],
  ['NoSuchObject', 'CONNECTOR_OBJECT_MISSING'],
  ['ObjectAlreadyExists', 'CONNECTOR_OBJECT_EXISTS'],
  ['InvalidDN', 'CONNECTOR_VALUE_INVALID'],
  ['UnexpectedData', 'CONNECTOR_VALUE_INVALID'],
  ['PasswordPolicyViolation', 'CONNECTOR_VALUE_INVALID'],
  ['PasswordIllFormed', 'CONNECTOR_VALUE_INVALID'],
  ['WarningNoWatermark', 'CONNECTOR_WATERMARK_INVALID'],
]);

/**
 * The problem that a thrown ECMA 2 exception stands for.
 * @param typeName full or short name of the exception, e.g. `Microsoft.MetadirectoryServices.ServerDownException`
 * @param message its text, kept as detail
 */
export function exceptionToProblem(typeName: string, message: string): Problem {
  const short = typeName.slice(typeName.lastIndexOf('.') + 1).replace(/Exception$/, '');
  const detail = message === '' ? `The connector threw ${typeName}.` : message;
  return problem(exceptionCodes.get(short) ?? 'CONNECTOR_EXPORT_FAILED', detail);
}
