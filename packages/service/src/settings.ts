import { defineSettings } from '@joinery/runtime';

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
  {
    name: 'host',
    type: 'string',
    default: '127.0.0.1',
    restart: true,
    sentence: 'Address to listen on.',
    recommendation: 'Set :: to be reached from other machines.',
  },
  {
    name: 'port',
    type: 'integer',
    default: 8443,
    minimum: 0,
    maximum: 65_535,
    restart: true,
    sentence: 'Port to listen on; 0 takes any free one.',
  },
  {
    name: 'certificateFile',
    type: 'path',
    default: null,
    restart: true,
    sentence:
      'PEM file with the certificate of the listener; without one, a self-signed certificate is made in the home folder.',
    recommendation: 'Use a certificate of your own CA where clients are many.',
  },
  {
    name: 'certificateKeyFile',
    type: 'path',
    default: null,
    restart: true,
    sentence: 'PEM file with the private key of the listener.',
  },
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
