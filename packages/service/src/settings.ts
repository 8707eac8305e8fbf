import { defineSettings, listenerSettings } from '@joinery/runtime';

/** Everything the service is told from outside; what it stores lies in its database. */
export const serviceSettings = defineSettings('service', [
  {
    name: 'databaseUrl',
    type: 'string',
    default: null,
    secret: true,
    restart: true,
    environmentAlias: 'DATABASE_URL',
    sentence: 'Address of the PostgreSQL database; without one, an embedded database in the home folder is used.',
    recommendation: 'Use PostgreSQL 15 or newer in production: the embedded database does not survive a power cut.',
  },
  ...listenerSettings(8443),
  {
    name: 'tenantName',
    type: 'string',
    default: 'Joinery',
    restart: true,
    sentence: 'Name of the tenant that the first start creates.',
  },
  {
    name: 'cycleInterval',
    type: 'duration',
    unit: 'minutes',
    default: 40,
    minimum: 1,
    maximum: 1_440,
    restart: false,
    sentence: 'Time from the end of a provisioning cycle to the start of the next.',
    recommendation: 'Less makes changes arrive sooner; a cycle without changes sends nothing to the target.',
  },
  {
    name: 'logLevel',
    type: 'choice',
    choices: ['debug', 'info', 'warn', 'error'],
    default: 'info',
    restart: true,
    sentence: 'Least important level that is logged.',
  },
]);
