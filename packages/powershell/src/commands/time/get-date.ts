import { toNetText } from '../../conversion/text.ts';
import { addExtendedMember } from '../../types/extended-members.ts';
import { getMember, invokeMember } from '../../types/members.ts';
import { DateTime, dateFromUnix } from '../../types/time/date-time.ts';
import type { Value } from '../../values/value.ts';
import type { CmdletCall, CmdletDescription } from '../description.ts';
import { formatUnixStyle } from './unix-format.ts';

const withDate = ['DateAndFormat', 'DateAndUFormat'];
const withSeconds = ['UnixTimeSecondsAndFormat', 'UnixTimeSecondsAndUFormat'];

export const getDate: CmdletDescription = {
  name: 'Get-Date',
  typeName: 'Microsoft.PowerShell.Commands.GetDateCommand',
  module: 'Microsoft.PowerShell.Utility',
  defaultSet: 'DateAndFormat',
  parameters: [
    {
      name: 'Date',
      type: 'datetime',
      aliases: ['LastWriteTime'],
      sets: withDate,
      position: 0,
      fromPipeline: true,
      fromPipelineByPropertyName: true,
    },
    {
      name: 'UnixTimeSeconds',
      type: 'long',
      aliases: ['UnixTime'],
      sets: withSeconds,
      mandatory: true,
    },
    { name: 'Year', type: 'int', validate: { range: [1, 9999] } },
    { name: 'Month', type: 'int', validate: { range: [1, 12] } },
    { name: 'Day', type: 'int', validate: { range: [1, 31] } },
    { name: 'Hour', type: 'int', validate: { range: [0, 23] } },
    { name: 'Minute', type: 'int', validate: { range: [0, 59] } },
    { name: 'Second', type: 'int', validate: { range: [0, 59] } },
    { name: 'Millisecond', type: 'int', validate: { range: [0, 999] } },
    { name: 'DisplayHint', type: 'string', validate: { set: ['Date', 'Time', 'DateTime'] } },
    { name: 'UFormat', type: 'string', sets: ['DateAndUFormat', 'UnixTimeSecondsAndUFormat'], mandatory: true },
    { name: 'Format', type: 'string', sets: ['DateAndFormat', 'UnixTimeSecondsAndFormat'] },
    { name: 'AsUTC', type: 'switch' },
  ],
  start: (call) => ({
    process() {
      const date = dateOf(call);
      if (call.has('UFormat')) call.write(formatUnixStyle(date, call.session.text(call.get('UFormat')), call.session));
      else if (call.has('Format')) call.write(formatted(call, date, call.session.text(call.get('Format'))));
      else call.write(withHint(call, date));
    },
  }),
};

/** The date given, or now, with the parts given in the place of its own. */
function dateOf(call: CmdletCall): Value {
  const { session } = call;
  let date: Value = dateFromUnix(session.world.clock.now(), 'local');
  if (call.has('Date')) date = call.get('Date');
  else if (call.has('UnixTimeSeconds')) {
    const seconds = call.get('UnixTimeSeconds');
    date = dateFromUnix((typeof seconds === 'bigint' ? Number(seconds) : 0) * 1000, 'local');
  }
  for (const part of ['Year', 'Month', 'Day', 'Hour', 'Minute', 'Second', 'Millisecond']) {
    const wanted = call.get(part);
    const now = getMember(date, part, session);
    if (typeof wanted === 'number' && typeof now === 'number') {
      date = invokeMember(date, `Add${part}s`, [wanted - now], session);
    }
  }
  if (call.has('Millisecond') && date instanceof DateTime) {
    date = new DateTime(date.ticks - (date.ticks % 10_000n), date.kind);
  }
  return call.isOn('AsUTC') && date instanceof DateTime ? date.toUtc() : date;
}

function formatted(call: CmdletCall, date: Value, format: string): string {
  const utc = date instanceof DateTime ? date.toUtc() : date;
  switch (format.toLowerCase()) {
    case 'filedate':
      return toNetText(date, 'yyyyMMdd', call.session);
    case 'filedateuniversal':
      return toNetText(utc, 'yyyyMMddZ', call.session);
    case 'filedatetime':
      return toNetText(date, 'yyyyMMddTHHmmssffff', call.session);
    case 'filedatetimeuniversal':
      return toNetText(utc, 'yyyyMMddTHHmmssffffZ', call.session);
    default:
      return toNetText(date, format, call.session);
  }
}

/** Dates of `Get-Date` say how they are shown. */
function withHint(call: CmdletCall, date: Value): Value {
  if (!(date instanceof DateTime) || !call.has('DisplayHint')) return date;
  const own = new DateTime(date.ticks, date.kind);
  const hint = call.session.text(call.get('DisplayHint'));
  addExtendedMember(own, { kind: 'note', name: 'DisplayHint', value: hint });
  return own;
}
