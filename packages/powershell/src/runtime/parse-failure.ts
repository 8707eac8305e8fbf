import { ErrorRecord } from '../errors/error-record.ts';
import { InvocationInfo } from '../errors/invocation-info.ts';
import { NetException } from '../errors/net-exception.ts';
import { positionText } from '../errors/position-text.ts';
import { Thrown } from '../errors/thrown.ts';
import type { ParseError } from '../syntax/parse-error.ts';
import type { Source } from '../syntax/source.ts';
import { namedType } from '../types/intrinsic.ts';

/**
 * Text that does not parse, as `Invoke-Expression`, `[scriptblock]::Create` and calls of script files throw it: a
 * ParseException with the id of the first error.
 */
export function parseFailure(source: Source, errors: readonly ParseError[]): Thrown {
  const [first] = errors;
  const message = errors
    .map(({ start, end, message: text }) => `${positionText(source, start, end)}\n${text}`)
    .join('\n\n');
  const exception = new NetException(namedType('System.Management.Automation.ParseException'), message);
  const record = new ErrorRecord(exception, first?.id ?? 'ParseException', 'ParserError', null);
  exception.record = record;
  if (first !== undefined) record.invocation = new InvocationInfo(source, first.start, first.end);
  return new Thrown(record);
}
