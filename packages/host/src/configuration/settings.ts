import { defineSettings, listenerSettings, type Settings } from '@joinery/runtime';
import { limitSettings } from '../limits/settings.ts';

/** The settings of a connector host, read from `host.yaml`, the environment and the command line. */
export const hostSettings = defineSettings('host', [
  ...listenerSettings(8585),
  {
    name: 'names',
    type: 'list',
    default: [],
    restart: true,
    sentence:
      'Further host names and addresses by which callers reach this host; a generated certificate is valid for them.',
    recommendation: 'Name every address by which callers reach this host.',
  },
  {
    name: 'exportTimeout',
    type: 'duration',
    unit: 'seconds',
    default: 25,
    minimum: 1,
    maximum: 3600,
    restart: true,
    sentence: 'Longest time one call that writes to a target may take; after it the outcome is in doubt.',
    recommendation: 'Keep it below the time-out of the caller.',
  },
  {
    name: 'importTimeout',
    type: 'duration',
    unit: 'minutes',
    default: 240,
    minimum: 1,
    restart: true,
    sentence: 'Longest time one import may take.',
  },
  {
    name: 'searchTimeout',
    type: 'duration',
    unit: 'seconds',
    default: 20,
    minimum: 1,
    maximum: 600,
    restart: true,
    sentence: 'Longest time one search that no index answers may take.',
  },
  {
    name: 'shutdownGrace',
    type: 'duration',
    unit: 'seconds',
    default: 30,
    minimum: 0,
    maximum: 600,
    restart: true,
    sentence: 'How long a stopping host waits for writes that are on their way.',
  },
  {
    name: 'pendingWrites',
    type: 'integer',
    unit: 'writes',
    default: 1000,
    minimum: 1,
    restart: true,
    sentence: 'Writes that may wait for one connector; more are answered 503.',
  },
  ...limitSettings,
  {
    name: 'logLevel',
    type: 'choice',
    choices: ['debug', 'info', 'warn', 'error'],
    default: 'info',
    restart: true,
    sentence: 'Least important level that is logged.',
  },
]);

export type HostSettings = Settings<typeof hostSettings>;
