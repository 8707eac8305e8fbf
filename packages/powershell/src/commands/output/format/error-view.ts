import { baseOf } from '../../../conversion/base.ts';
import { ErrorRecord } from '../../../errors/error-record.ts';
import type { InvocationInfo } from '../../../errors/invocation-info.ts';
import { positionText } from '../../../errors/position-text.ts';
import { CmdletCommand, FunctionCommand } from '../../../runtime/command.ts';
import type { Session } from '../../../runtime/session.ts';
import { placeOf } from '../../../syntax/source.ts';
import { getMember } from '../../../types/members.ts';
import type { Value } from '../../../values/value.ts';

/** A console that is none is this wide. */
const screen = 120;

/**
 * How an error record is shown, as `$ErrorView` says: `ConciseView` (what failed, where, and the message), `NormalView`
 * (with category and id), `CategoryView` (the category alone).
 */
export function errorParts(value: Value, session: Session): string {
  const record = baseOf(value);
  if (!(record instanceof ErrorRecord)) return session.text(value);
  const view = session.text(session.global.top.find('errorview')?.value ?? 'ConciseView').toLowerCase();
  if (view === 'categoryview') return categoryText(record, session);
  if (view === 'conciseview' || view === 'detailedview') return concise(record, session);
  return normal(record, session);
}

function categoryText(record: ErrorRecord, session: Session): string {
  return session.text(getMember(record, 'CategoryInfo', session));
}

function messageOf({ details, exception }: ErrorRecord): string {
  return details === undefined || details.message === '' ? exception.message : details.message;
}

function normal(record: ErrorRecord, session: Session): string {
  const { invocation } = record;
  const position = invocation?.source === undefined ? '' : `\n${positionOf(invocation)}`;
  const category = `\n+ CategoryInfo          : ${categoryText(record, session)}`;
  const name = invocation === undefined ? '' : invocation.invocationName || commandName(invocation);
  const prefix = name === '' ? '' : `${name} : `;
  return `${prefix}${messageOf(record)}${position}${category}\n+ FullyQualifiedErrorId : ${record.fullyQualifiedErrorId}`;
}

function positionOf({ source, start, end }: InvocationInfo): string {
  return source === undefined ? '' : positionText(source, start, end);
}

function concise(record: ErrorRecord, session: Session): string {
  const { invocation, details } = record;
  const place = invocation?.source === undefined ? undefined : placeOf(invocation.source, invocation.start);
  const file = invocation?.source?.file;
  const isParseError = record.category === 'ParserError' && record.exception.type.name.endsWith('ParseException');
  const showsLine =
    invocation !== undefined &&
    place !== undefined &&
    (isParseError || file !== undefined || place.line > 1) &&
    !(file ?? '').toLowerCase().endsWith('.psm1');
  let where = '';
  let prefix = '';
  if (showsLine) {
    const number = String(place.line);
    const [, line = '+ ', ...rest] = positionOf(invocation).split('\n');
    const marks = rest.at(-1) ?? '';
    const margin = ' '.repeat(Math.max(0, number.length - 4));
    prefix = `${margin}     | `;
    where = `${file === undefined ? '' : `${file}:${number}`}\n${margin}Line |\n${number.padStart(4)} | ${line.slice(1)}\n`;
    if (marks !== '') where += `${prefix}${marks.slice(1)}\n`;
  }
  let message = prefix + messageOf(record);
  if (file !== undefined || record.category === 'ParserError') {
    message = `${wrapped(message.replace(/[\n\t]/g, ' '), prefix)}\n`;
  }
  const advice = (details?.recommendedAction ?? '').trim();
  const recommendation = advice === '' ? '' : `\n  Recommendation: ${details?.recommendedAction}`;
  return `${reasonOf(record, session)}: ${where}${message}${recommendation}`;
}

/** Breaks a message at blanks where it is wider than the screen; each line begins with the prefix. */
function wrapped(message: string, prefix: string): string {
  if (message.length <= screen) return message;
  let part = cutAtBlank(message, screen);
  const lines = [part];
  let rest = message.slice(part.length).trim();
  while (rest.length + prefix.length > screen) {
    part = cutAtBlank(prefix + rest, screen);
    if (part.length <= prefix.length) break;
    lines.push(part);
    rest = rest.slice(part.length - prefix.length).trim();
  }
  lines.push(prefix + rest);
  return lines.join('\n');
}

/** What stands before the last blank of the first so many characters; all of them where there is none. */
function cutAtBlank(text: string, length: number): string {
  if (text.length <= length) return text;
  const head = text.slice(0, length);
  const blank = head.search(/\s\S*$/);
  return blank < 0 ? head : head.slice(0, blank);
}

function commandName({ command }: InvocationInfo): string {
  return command instanceof CmdletCommand || command instanceof FunctionCommand ? command.name : '';
}

function reasonOf(record: ErrorRecord, session: Session): string {
  const { invocation, activity } = record;
  if (record.exception.wasThrown) return 'Exception';
  const name = invocation === undefined ? '' : commandName(invocation);
  if (name !== '' && session.findCommand(name, session.global) !== undefined) return name;
  if (activity !== undefined && activity !== '') return activity;
  return name || invocation?.invocationName || record.category;
}
