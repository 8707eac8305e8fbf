import { resolve } from 'node:path';
import { runDemo } from '@joinery/example-contoso';
import { hostSettings } from '@joinery/host';
import {
  checkArmedFailPoint,
  createLogger,
  Redactor,
  type SettingsTable,
  systemClock,
  systemRandom,
} from '@joinery/runtime';
import { serviceSettings } from '@joinery/service';
import { Command } from 'commander';
import type { ContextFor } from '../command-context.ts';
import { quoted, typedCommand } from '../typed-command.ts';

/** `joinery demo`: the tutorial from the first certificate to the last log row, on this machine. */
export function demoCommand(contextFor: ContextFor): Command {
  return new Command('demo')
    .option('--home <folder>', 'where the demo keeps its files', 'joinery-home')
    .option('--json', 'one JSON object a line; the last one carries the outcome')
    .description('Run the whole tutorial: service, connector host, 25 people, a target file. Takes under a minute.')
    .addHelpText('after', '\nExample:\n  joinery demo --home ./joinery-home')
    .action(async (words: { readonly home: string; readonly json?: boolean }) => {
      const { output, env, signal, workingFolder } = contextFor(words);
      checkArmedFailPoint();
      const logger = createLogger({
        stream: process.stderr,
        level: 'error',
        clock: systemClock,
        redactor: new Redactor(),
      });
      const { folder, people, lastCycle, hostUrl, serviceUrl } = await runDemo({
        folder: resolve(workingFolder, words.home),
        report: output,
        clock: systemClock,
        random: systemRandom,
        logger,
        signal,
      });
      const start = typedCommand({ env, node: process.execPath, script: process.argv[1] ?? '' });
      const next = [
        `${start} host start --home ${quoted(folder.host)}${portOption(hostUrl, hostSettings)}`,
        `${start} service start --home ${quoted(folder.service)}${portOption(serviceUrl, serviceSettings)}`,
      ];
      output.done(
        [
          `${people} people of Contoso are provisioned. The files are in ${folder.root}:`,
          `    ${folder.inputFile}  the target file`,
          `    ${folder.host}  the connector host's folder`,
          `    ${folder.service}  the service's folder`,
          `Next: ${next.join('\n      ')}`,
        ].join('\n'),
        { next, folder: folder.root, file: folder.inputFile, people, lastCycle: lastCycle.counts },
      );
    });
}

/** The demo's ports stand in the application's credentials: where they are not the usual ones, they have to be named. */
function portOption(url: string, settings: SettingsTable): string {
  const usual = settings.definitions.find(({ name }) => name === 'port')?.default;
  const { port } = new URL(url);
  return port === String(usual) ? '' : ` --port ${port}`;
}
