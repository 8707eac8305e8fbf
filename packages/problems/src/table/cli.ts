import type { ProblemTable } from '../definition.ts';

export const cliProblems = {
  CLI_USAGE: {
    kind: 'invalid',
    retry: 'never',
    status: 400,
    title: 'The command line is not one that joinery understands.',
    fix: 'Run the command with --help; it shows every option and an example.',
  },
  CLI_CHECK_FAILED: {
    kind: 'invalid',
    retry: 'never',
    status: 400,
    title: 'What was checked is not ready.',
    fix: 'Mend what the lines above name, then run the command again.',
  },
  CLI_IMPORT_ERRORS: {
    kind: 'invalid',
    retry: 'never',
    status: 400,
    title: 'An import was taken over without the objects that cannot be used.',
    fix: 'Correct the objects that the lines above name in the target, then import again.',
  },
  CLI_SERVICE_REFUSED: {
    kind: 'invalid',
    retry: 'never',
    status: 400,
    title: 'The provisioning service refused a request.',
    fix: 'The code and the sentence are the service’s own; its reference says what to do.',
  },
  CLI_SERVICE_ANSWER: {
    kind: 'internal',
    retry: 'never',
    status: 500,
    title: 'The provisioning service answered something that the command cannot read.',
    fix: 'Use a command of the same version as the service.',
  },
  CLI_DEMO_FOLDER_FOREIGN: {
    kind: 'conflict',
    retry: 'never',
    status: 409,
    title: 'The folder for the demo holds something that the demo did not make.',
    fix: 'Name an empty or a new folder with --home.',
  },
  CLI_DEMO_PROGRAM_MISSING: {
    kind: 'unavailable',
    retry: 'never',
    status: 503,
    title: 'The demo needs a program that is not installed.',
    fix: 'Install what the message names, or run the demo without --connector: a file needs nothing.',
  },
  CLI_DEMO_SERVER_FAILED: {
    kind: 'unavailable',
    retry: 'never',
    status: 503,
    title: 'The directory server of the demo could not be started or asked.',
    fix: 'The sentence is the server’s own. Where the system confines slapd to certain folders (AppArmor on Ubuntu), name one of them with --home, or lift that for slapd.',
  },
} as const satisfies ProblemTable;
