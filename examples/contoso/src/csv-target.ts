import { existsSync, mkdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { csvConnector } from '@joinery/connector-csv';
import { writeFileDurably } from '@joinery/runtime';
import type { DemoFolder } from './demo-folder.ts';
import { initialInputFile } from './input-file.ts';
import { selectedAttributes, tutorialMappings } from './mappings.ts';
import type { DemoTarget } from './target.ts';

/** The tutorial's own target: a delimited file. */
export function csvTarget(folder: DemoFolder): DemoTarget {
  return {
    kind: csvConnector,
    mappings: tutorialMappings,
    contentTitle: 'InputFile.txt',
    contentName: 'the target file',
    secrets: {},
    async prepare(ids, signal) {
      if (existsSync(folder.inputFile)) return;
      mkdirSync(dirname(folder.inputFile), { recursive: true, mode: 0o700 });
      await writeFileDurably(folder.inputFile, initialInputFile(ids), { signal });
    },
    connector: () => ({
      name: 'CSV',
      connector: csvConnector.kind,
      parameters: {
        FileName: 'InputFile.txt',
        Delimiter: ';',
        Anchor: 'AzureObjectID',
        ColumnTypes: 'IsActive:Boolean',
      },
      types: [
        {
          objectType: 'Person',
          anchor: 'AzureObjectID',
          dn: 'AzureObjectID',
          attributes: selectedAttributes.map((name) => ({ name, type: name === 'IsActive' ? 'Boolean' : 'String' })),
        },
      ],
    }),
    content: () => readFile(folder.inputFile, 'utf8'),
    async [Symbol.asyncDispose]() {},
  };
}
