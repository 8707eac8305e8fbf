import { resolve } from 'node:path';
import { type DemoOptions, runDemo } from '@joinery/example-contoso';
import { ldapTarget, slapdFolder } from '@joinery/example-ldap';
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
import { Command, Option } from 'commander';
import type { ContextFor } from '../command-context.ts';
import { quoted, typedCommand } from '../typed-command.ts';

/** `joinery demo`: the tutorial from the first certificate to the last log row, on this machine. */
export function demoCommand(contextFor: ContextFor): Command {
  return new Command('demo')
    .option('--home <folder>', 'where the demo keeps its files', 'joinery-home')
    .addOption(
      new Option(
        '--connector <kind>',
        'what people are provisioned to: a file, or an OpenLDAP server that the demo starts',
      )
        .choices(['csv', 'ldap'])
        .default('csv'),
    )
    .option('--json', 'one JSON object a line; the last one carries the outcome')
    .description(
      'Run the whole tutorial: service, connector host, 25 people, a target file or directory. Takes under a minute.',
    )
    .addHelpText('after', '\nExamples:\n  joinery demo --home ./joinery-home\n  joinery demo --connector ldap')
    .action(async (words: { readonly home: string; readonly connector: string; readonly json?: boolean }) => {
      const { output, env, signal, workingFolder } = contextFor(words);
      checkArmedFailPoint();
      const logger = createLogger({
        stream: process.stderr,
        level: 'error',
        clock: systemClock,
        redactor: new Redactor(),
      });
      const { clock, random } = { clock: systemClock, random: systemRandom };
      // A command that has to run beside the host for the demo to go on.
      let server: string | undefined;
      const told = (command: string): void => {
        server = command;
      };
      const target: DemoOptions['target'] = (folder) =>
        ldapTarget(folder, { path: env.PATH, clock, random, signal, told });
      const { folder, people, lastCycle, hostUrl, serviceUrl } = await runDemo({
        folder: resolve(workingFolder, words.home),
        report: output,
        clock,
        random,
        logger,
        signal,
        ...(words.connector === 'ldap' ? { target } : {}),
      });
      const start = typedCommand({ env, node: process.execPath, script: process.argv[1] ?? '' });
      const next = [
        ...(server === undefined ? [] : [server]),
        `${start} host start --home ${quoted(folder.host)}${portOption(hostUrl, hostSettings)}`,
        `${start} service start --home ${quoted(folder.service)}${portOption(serviceUrl, serviceSettings)}`,
      ];
      output.done(
        [
          `${people} people of Contoso are provisioned. The files are in ${folder.root}:`,
          server === undefined
            ? `    ${folder.inputFile}  the target file`
            : `    ${slapdFolder(folder)}  the directory server's folder`,
          `    ${folder.host}  the connector host's folder`,
          `    ${folder.service}  the service's folder`,
          `Next: ${next.join('\n      ')}`,
        ].join('\n'),
        {
          next,
          folder: folder.root,
          ...(server === undefined ? { file: folder.inputFile } : { directory: slapdFolder(folder) }),
          people,
          lastCycle: lastCycle.counts,
        },
      );
    });
}

/** The demo's ports stand in the application's credentials: where they are not the usual ones, they have to be named. */
function portOption(url: string, settings: SettingsTable): string {
  const usual = settings.definitions.find(({ name }) => name === 'port')?.default;
  const { port } = new URL(url);
  return port === String(usual) ? '' : ` --port ${port}`;
}
