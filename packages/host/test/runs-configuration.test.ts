import { formatConnectorFile, parseConnectorFile } from '@joinery/host';
import { expect, test } from 'vitest';
import { isOverdue, nextImport } from '../src/configuration/import-timing.ts';

const REST = `types:
  - objectType: Person
    anchor: id
    attributes: [{ name: id }]
`;

function parse(members: string): ReturnType<typeof parseConnectorFile> {
  return parseConnectorFile(`connector: csv\n${members}${REST}`, 'x', 'x.yaml');
}

test.each([
  ['a minute that no hour has', 'schedule: "61 * * * *"\n', 'cron expression'],
  ['a day that no year has', 'schedule: "0 0 30 2 *"\n', 'comes to pass'],
  ['words', 'schedule: hourly\n', 'cron expression'],
  ['a profile that does not exist', 'runProfiles: { deltas: {} }\n', 'Did you mean "delta"?'],
  ['a member that no profile has', 'runProfiles: { delta: { timeout: 5 } }\n', 'timeout'],
  ['a negative limit', 'runProfiles: { full: { objectLimit: -1 } }\n', 'objectLimit'],
  ['more than all of them', 'importGuard: { maxBlankPercent: 101 }\n', 'maxBlankPercent'],
  ['a limit that is none', 'limits: { deletesPerHour: many }\n', 'deletesPerHour'],
])('%s is refused with its line', (_, members, named) => {
  expect(() => parse(members)).toThrowError(
    expect.objectContaining({
      code: 'HOST_CONFIGURATION_INVALID',
      detail: expect.stringContaining(named),
      place: expect.stringMatching(/^x\.yaml:2:/),
    }),
  );
});

test('a profile is there when the file names it, also without saying more; 0 is what leaving out means', () => {
  const file = parse('runProfiles:\n  delta:\n  full: { pageSize: 0, timeoutMinutes: 5 }\n');
  expect(file.runProfiles).toEqual({ delta: {}, full: { timeoutMinutes: 5 } });
  expect(parseConnectorFile(formatConnectorFile(file), 'x', 'x.yaml')).toEqual(file);
  expect(parse('').runProfiles).toEqual({});
});

test('an import is due when the timer is over since the last one, at the next time of the expression, or never', () => {
  const at = (hour: number, minute: number): number => new Date(2026, 0, 1, hour, minute).getTime();
  const timer = { autosyncMinutes: 120, schedule: undefined };
  expect(nextImport(timer, at(12, 0))).toBe(at(14, 0));
  expect([isOverdue(timer, at(12, 0), at(13, 59)), isOverdue(timer, at(12, 0), at(14, 0))]).toEqual([false, true]);
  const cron = { autosyncMinutes: 1, schedule: '30 3,15 * * *' };
  expect(nextImport(cron, at(12, 0))).toBe(at(15, 30));
  expect([isOverdue(cron, at(12, 0), at(15, 29)), isOverdue(cron, at(12, 0), at(15, 30))]).toEqual([false, true]);
  const demand = { autosyncMinutes: 0, schedule: undefined };
  expect(nextImport(demand, at(12, 0))).toBeUndefined();
  expect([isOverdue(demand, at(0, 0), at(23, 0)), isOverdue(demand, null, at(0, 0))]).toEqual([false, true]);
});
