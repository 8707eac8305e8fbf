import { netTypes } from '../../types/intrinsic.ts';
import { getMember, invokeMember } from '../../types/members.ts';
import { construct, invokeStatic } from '../../types/static-members.ts';
import { dateFromUnix } from '../../types/time/date-time.ts';
import { pause } from '../../types/time/pause.ts';
import { Double } from '../../values/numbers.ts';
import type { CmdletDescription } from '../description.ts';

export const newTimeSpan: CmdletDescription = {
  name: 'New-TimeSpan',
  typeName: 'Microsoft.PowerShell.Commands.NewTimeSpanCommand',
  module: 'Microsoft.PowerShell.Utility',
  defaultSet: 'Date',
  parameters: [
    {
      name: 'Start',
      type: 'datetime',
      aliases: ['LastWriteTime'],
      sets: ['Date'],
      position: 0,
      fromPipeline: true,
      fromPipelineByPropertyName: true,
    },
    { name: 'End', type: 'datetime', sets: ['Date'], position: 1, fromPipelineByPropertyName: true },
    ...['Days', 'Hours', 'Minutes', 'Seconds', 'Milliseconds'].map(
      (name) => ({ name, type: 'int', sets: ['Time'] }) as const,
    ),
  ],
  start: (call) => ({
    process() {
      const { session } = call;
      if (call.parameterSet === 'Time') {
        const parts = ['Days', 'Hours', 'Minutes', 'Seconds', 'Milliseconds'].map((name) => call.get(name) ?? 0);
        call.write(construct(netTypes.timeSpan, parts, session));
        return;
      }
      const now = dateFromUnix(session.world.clock.now(), 'local');
      call.write(invokeMember(call.get('End') ?? now, 'Subtract', [call.get('Start') ?? now], session));
    },
  }),
};

export const startSleep: CmdletDescription = {
  name: 'Start-Sleep',
  typeName: 'Microsoft.PowerShell.Commands.StartSleepCommand',
  module: 'Microsoft.PowerShell.Utility',
  defaultSet: 'Seconds',
  parameters: [
    {
      name: 'Seconds',
      type: 'double',
      sets: ['Seconds'],
      mandatory: true,
      position: 0,
      fromPipeline: true,
      fromPipelineByPropertyName: true,
      validate: { range: [0, 2_147_483] },
    },
    {
      name: 'Milliseconds',
      type: 'int',
      aliases: ['ms'],
      sets: ['Milliseconds'],
      mandatory: true,
      fromPipelineByPropertyName: true,
      validate: { range: [0, 2 ** 31 - 1] },
    },
    {
      name: 'Duration',
      type: 'timespan',
      aliases: ['ts'],
      sets: ['FromTimeSpan'],
      mandatory: true,
      position: 0,
      fromPipeline: true,
      fromPipelineByPropertyName: true,
    },
  ],
  start: (call) => ({
    process() {
      const seconds = call.get('Seconds');
      const milliseconds = call.get('Milliseconds');
      const duration = call.has('Duration') ? getMember(call.get('Duration'), 'TotalMilliseconds', call.session) : null;
      if (duration instanceof Double) pause(call.session.budget, duration.value);
      else if (seconds instanceof Double) pause(call.session.budget, seconds.value * 1000);
      else if (typeof milliseconds === 'number') pause(call.session.budget, milliseconds);
    },
  }),
};

export const newGuid: CmdletDescription = {
  name: 'New-Guid',
  typeName: 'Microsoft.PowerShell.Commands.NewGuidCommand',
  module: 'Microsoft.PowerShell.Utility',
  defaultSet: 'Default',
  parameters: [
    { name: 'Empty', type: 'switch', sets: ['Empty'] },
    { name: 'InputObject', type: 'string', sets: ['InputObject'], position: 0, fromPipeline: true },
  ],
  start: (call) => ({
    process() {
      const { session } = call;
      if (call.has('InputObject')) call.write(session.convert(call.get('InputObject'), netTypes.guid));
      else if (call.isOn('Empty')) call.write(session.convert('00000000-0000-0000-0000-000000000000', netTypes.guid));
      else call.write(invokeStatic(netTypes.guid, 'NewGuid', [], session));
    },
  }),
};
