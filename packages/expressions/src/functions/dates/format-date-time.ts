import { type FormatToken, readFormat } from '../../dates/custom-format.ts';
import { formatDate } from '../../dates/format.ts';
import { parseExact } from '../../dates/parse-exact.ts';
import type { Evaluator } from '../../evaluation/context.ts';
import type { BoundCall } from '../bound-call.ts';
import type { FunctionDefinition } from '../definition.ts';

/** .NET's DateTimeStyles. Only AdjustToUniversal changes what is written here: texts are trimmed and keep their offset anyway. */
const styles: ReadonlySet<string> = new Set([
  'None',
  'AllowLeadingWhite',
  'AllowTrailingWhite',
  'AllowInnerWhite',
  'AllowWhiteSpaces',
  'NoCurrentDateDefault',
  'AdjustToUniversal',
  'AssumeLocal',
  'AssumeUniversal',
  'RoundtripKind',
]);

/**
 * `FormatDateTime([hireDate], , "yyyyMMddHHmmss.fZ", "yyyy-MM-dd")`, and the older form without styles.
 * A date written with an offset is written again as it was, without moving it to UTC first (unverified for the original,
 * and what one expects of a hire date), unless the styles say AdjustToUniversal.
 */
export const formatDateTime: FunctionDefinition = {
  name: 'FormatDateTime',
  summary: 'A date text in another format.',
  parameters: [
    { name: 'source', type: 'String' },
    { name: 'dateTimeStyles', type: 'String', optional: true },
    { name: 'inputFormat', type: 'String' },
    { name: 'outputFormat', type: 'String' },
  ],
  olderParameters: [
    { name: 'source', type: 'String' },
    { name: 'inputFormat', type: 'String' },
    { name: 'outputFormat', type: 'String' },
  ],
  result: 'String',
  check(call) {
    for (const name of ['inputFormat', 'outputFormat']) {
      const format = call.constant(name);
      if (format !== undefined) call.attempt(name, () => readFormat(format));
    }
    if (call.parameters.length < 4) return;
    const unknown = readStyles(call.constant('dateTimeStyles')).find((style) => !styles.has(style));
    if (unknown !== undefined) {
      call.error('EXPRESSION_ARGUMENT_INVALID', `${unknown} is no DateTimeStyles value.`, 'dateTimeStyles');
    }
  },
  bind(call) {
    const source = call.text('source');
    const input = bindFormat(call, 'inputFormat');
    const output = bindFormat(call, 'outputFormat');
    const given = call.parameters.length < 4 ? undefined : call.constant('dateTimeStyles');
    const toUtc = readStyles(given).includes('AdjustToUniversal');
    return (scope) => {
      const text = source(scope);
      if (text === null || text === '') return null;
      const written = parseExact(text.trim(), input(scope));
      if (written === undefined) throw call.unreadable('source', text, 'a date in the input format');
      return formatDate(written.date, toUtc ? 0 : written.offsetMinutes, output(scope));
    };
  },
};

function bindFormat(call: BoundCall, name: string): Evaluator<readonly FormatToken[]> {
  const constant = call.constant(name);
  if (constant !== undefined) {
    const tokens = readFormat(constant);
    return () => tokens;
  }
  const format = call.text(name);
  return (scope) => readFormat(format(scope) ?? '');
}

function readStyles(text: string | undefined): string[] {
  return (text ?? '')
    .split(/[,|]/)
    .map((style) => style.trim())
    .filter((style) => style !== '');
}
