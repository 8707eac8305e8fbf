import type { TypeDescription } from '../net-type.ts';
import { binaryDescriptions } from './binary-io.ts';
import { compressionDescriptions } from './compression.ts';
import { directoryDescription } from './directory.ts';
import { directoryInfoDescription } from './directory-info.ts';
import { environmentDescriptions } from './environment.ts';
import { fileDescriptions } from './file.ts';
import { fileInfoDescription } from './file-info.ts';
import { fileSystemInfoDescription } from './file-system-info.ts';
import { lineSequenceDescription } from './line-sequence.ts';
import { pathDescription } from './path.ts';
import { streamDescriptions } from './stream-description.ts';
import { streamTextDescriptions } from './stream-text-description.ts';
import { stringReaderDescriptions } from './string-reader.ts';
import { textIoDescriptions } from './text-io-description.ts';

export const descriptions: readonly TypeDescription[] = [
  ...textIoDescriptions,
  ...stringReaderDescriptions,
  ...streamDescriptions,
  ...streamTextDescriptions,
  ...binaryDescriptions,
  ...compressionDescriptions,
  pathDescription,
  ...fileDescriptions,
  directoryDescription,
  lineSequenceDescription,
  fileSystemInfoDescription,
  fileInfoDescription,
  directoryInfoDescription,
  ...environmentDescriptions,
];
