import type { CmdletDescription } from '../description.ts';
import { writeErrorCmdlet } from './write-error.ts';
import { writeHost } from './write-host.ts';
import { writeInformation } from './write-information.ts';
import { writeDebug, writeVerbose, writeWarning } from './write-message.ts';
import { writeProgress } from './write-progress.ts';

export const streamCmdlets: readonly CmdletDescription[] = [
  writeErrorCmdlet,
  writeWarning,
  writeVerbose,
  writeDebug,
  writeInformation,
  writeHost,
  writeProgress,
];
