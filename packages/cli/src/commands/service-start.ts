import { join, resolve } from 'node:path';
import {
  checkArmedFailPoint,
  createLogger,
  loadSettings,
  Redactor,
  settingOptions,
  systemClock,
  systemRandom,
} from '@joinery/runtime';
import { serviceSettings, startService } from '@joinery/service';
import { Command } from 'commander';
import type { ContextFor } from '../command-context.ts';
import { defaultHome } from '../default-home.ts';
import { aborted } from '../wait.ts';

type Words = Readonly<Record<string, string | boolean | undefined>>;

/** `joinery service start`: directory, jobs and Graph-compatible API, until it is told to stop. */
export function serviceStartCommand(contextFor: ContextFor): Command {
  const command = new Command('start')
    .description('Start the provisioning service and serve until SIGINT or SIGTERM.')
    .option('--home <folder>', 'the service’s folder (default: the platform’s data folder; JOINERY_HOME)')
    .option('--json', 'one JSON object a line')
    .addHelpText(
      'after',
      '\nThe first start writes the administrator’s token to <home>/admin-token.\n\nExample:\n  joinery service start --home /var/lib/joinery/service --port 8443',
    );
  for (const { flags, description } of settingOptions(serviceSettings)) command.option(flags, description);
  return command.action(async (words: Words) => {
    const { output, env, signal, workingFolder } = contextFor(words);
    const { home: named, json: _, ...overrides } = words;
    checkArmedFailPoint();
    const home = resolve(
      workingFolder,
      typeof named === 'string' ? named : (env.JOINERY_HOME ?? defaultHome('service', env)),
    );
    const file = join(home, 'service.yaml');
    const { logLevel } = loadSettings(serviceSettings, { file, fileMayBeMissing: true, env, overrides });
    const redactor = new Redactor();
    const logger = createLogger({
      stream: process.stderr,
      level: logLevel,
      clock: systemClock,
      redactor,
      fields: { room: 'service' },
    });
    const service = await output.during('Starting the provisioning service', () =>
      startService({ home, env, overrides, clock: systemClock, random: systemRandom, logger, redactor, signal }),
    );
    try {
      if (service.adminToken !== undefined) {
        output.step(`The administrator's token is in ${join(home, 'admin-token')}.`, {
          tokenFile: join(home, 'admin-token'),
        });
      }
      output.step(`The provisioning service answers on ${service.url}.`, { url: service.url });
      await aborted(signal);
    } finally {
      await service.close();
    }
    output.done('The provisioning service has stopped.');
  });
}
