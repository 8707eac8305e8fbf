import { ErrorRecord } from '../errors/error-record.ts';
import { InvocationInfo } from '../errors/invocation-info.ts';
import { NetException } from '../errors/net-exception.ts';
import { Thrown } from '../errors/thrown.ts';
import type { ParseError } from '../syntax/parse-error.ts';
import { lineText, placeOf, type Source } from '../syntax/source.ts';
import { namedType } from '../types/intrinsic.ts';

/**
 * Text that does not parse, as `Invoke-Expression`, `[scriptblock]::Create` and calls of script files throw it: a
 * ParseException with the id of the first error.
 */
export function parseFailure(source: Source, errors: readonly ParseError[]): Thrown {
  const [first] = errors;
  const message = errors.map((error) => positionMessage(source, error)).join('\n\n');
  const exception = new NetException(namedType('System.Management.Automation.ParseException'), message);
  const record = new ErrorRecord(exception, first?.id ?? 'ParseException', 'ParserError', null);
  exception.record = record;
  if (first !== undefined) record.invocation = new InvocationInfo(source, first.start, first.end);
  return new Thrown(record);
}

/** `At line:1 char:4`, the line, its underline, the message. */
function positionMessage(source: Source, error: ParseError): string {
  const { line, column } = placeOf(source, error.start);
  const text = lineText(source, line);
  const width = Math.max(1, Math.min(error.end - error.start, text.length - column + 1));
  const at = source.file === undefined ? `At line:${line}` : `At ${source.file}:${line}`;
  return `${at} char:${column}\n+ ${text}\n+ ${' '.repeat(column - 1)}${'~'.repeat(width)}\n${error.message}`;
}
