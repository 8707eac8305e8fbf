import type { ParseError } from '../syntax/parse-error.ts';
import type { Source } from '../syntax/source.ts';
import { namedType } from '../types/intrinsic.ts';
import { ErrorRecord } from './error-record.ts';
import { NetException } from './net-exception.ts';
import { positionText } from './position-text.ts';
import { Thrown } from './thrown.ts';

const most = 10;

/** The error of a script that does not parse: a ParseException with all that is wrong; its id is that of the first error. */
export function parseException(source: Source, errors: readonly ParseError[]): Thrown {
  const shown = errors
    .slice(0, most)
    .map(({ start, end, message }) => `${positionText(source, start, end)}\n${message}`);
  if (errors.length > most)
    shown.push('Not all parse errors were reported.  Correct the reported errors and try again.');
  const exception = new NetException(namedType('System.Management.Automation.ParseException'), shown.join('\n\n'));
  const record = new ErrorRecord(exception, errors[0]?.id ?? 'ParseException', 'ParserError');
  exception.record = record;
  return new Thrown(record);
}
