import type { ConnectorKind } from '@joinery/connector';
import { siblingModule } from '@joinery/runtime';
import { CsvConnector } from './connector.ts';
import { csvParameters } from './parameters.ts';
import { csvSettings } from './settings.ts';

/** Delimited text files, the native equivalent of Microsoft's PowerShell sample for them (ECMA sheet 6.4). */
export const csvConnector: ConnectorKind = {
  kind: 'csv',
  description: 'Reads and writes people, groups and the like in delimited text files.',
  parameters: csvParameters,
  module: siblingModule(import.meta.url, './index'),
  create: (configuration, context) => new CsvConnector(csvSettings(configuration, context.folder), context),
};
