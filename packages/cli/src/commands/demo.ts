import { resolve } from 'node:path';
import { runDemo } from '@joinery/example-contoso';
import { checkArmedFailPoint, createLogger, Redactor, systemClock, systemRandom } from '@joinery/runtime';
import { Command } from 'commander';
import type { ContextFor } from '../run-cli.ts';

/** `joinery demo`: the tutorial from the first certificate to the last log row, on this machine. */
export function demoCommand(contextFor: ContextFor): Command {
  return new Command('demo')
    .option('--home <folder>', 'where the demo keeps its files', 'joinery-home')
    .option('--json', 'one JSON object a line; the last one carries the outcome')
    .description('Run the whole tutorial: service, connector host, 25 people, a target file. Takes under a minute.')
    .addHelpText('after', '\nExample:\n  joinery demo --home ./joinery-home')
    .action(async (words: { readonly home: string; readonly json?: boolean }) => {
      const { output, signal, workingFolder } = contextFor(words);
      checkArmedFailPoint();
      const logger = createLogger({
        stream: process.stderr,
        level: 'error',
        clock: systemClock,
        redactor: new Redactor(),
      });
      const { folder, people, lastCycle } = await runDemo({
        folder: resolve(workingFolder, words.home),
        report: output,
        clock: systemClock,
        random: systemRandom,
        logger,
        signal,
      });
      output.done(
        [
          `${people} people of Contoso are provisioned. The files are in ${folder.root}:`,
          `    ${folder.inputFile}  the target file`,
          `    ${folder.host}  the connector host's folder`,
          `    ${folder.service}  the service's folder`,
          `Next: joinery host start --home ${folder.host}`,
          `      joinery service start --home ${folder.service}`,
        ].join('\n'),
        { folder: folder.root, file: folder.inputFile, people, lastCycle: lastCycle.counts },
      );
    });
}
