import type { ProblemTable } from '../definition.ts';

export const csvProblems = {
  CSV_FILE_MISSING: {
    kind: 'unavailable',
    retry: 'backoff',
    status: 503,
    title: 'The file of the connector does not exist.',
    fix: 'Create the file with a header line, or correct the parameter that names it.',
  },
  CSV_FILE_UNREADABLE: {
    kind: 'denied',
    retry: 'backoff',
    status: 500,
    title: 'The file of the connector cannot be read.',
    fix: 'Give the account that runs the host the right to read the file, and check that the name is that of a file.',
  },
  CSV_FILE_LOCKED: {
    kind: 'unavailable',
    retry: 'backoff',
    status: 503,
    title: 'Another process is writing the file.',
    fix: 'Nothing to do if that process ends soon: the change is tried again. Otherwise find out what holds the lock.',
  },
  CSV_FILE_CHANGED: {
    kind: 'unavailable',
    retry: 'backoff',
    status: 503,
    title: 'The file changed while it was being read.',
    fix: 'Nothing to do: nothing was written and the work is tried again. Let other programs replace the file by renaming.',
  },
  CSV_HEADER_INVALID: {
    kind: 'invalid',
    retry: 'never',
    status: 500,
    title: 'The header line of the file does not fit the configuration.',
    fix: 'Correct the header line or the parameters (delimiter, anchor column, column types).',
  },
  CSV_SCHEMA_INVALID: {
    kind: 'invalid',
    retry: 'never',
    status: 500,
    title: 'The schema file does not fit.',
    fix: 'Correct the schema file at the named place, or the parameters (object type, anchor, multi-valued columns).',
  },
  CSV_ENCODING_INVALID: {
    kind: 'invalid',
    retry: 'never',
    status: 500,
    title: 'The file is not text in the encoding that is set.',
    fix: 'Save the file in that encoding, or set the parameter Encoding to the one it has. Nothing of it was used.',
  },
  CSV_QUOTE_OPEN: {
    kind: 'invalid',
    retry: 'never',
    status: 500,
    title: 'A quoted cell never ends.',
    fix: 'Close the quotation mark at the named place. Nothing of the file was used.',
  },
  CSV_IMPORT_RUNNING: {
    kind: 'unavailable',
    retry: 'backoff',
    status: 503,
    title: 'Another import of this connector is still running.',
    fix: 'Wait until it ended; the import is tried again.',
  },
} as const satisfies ProblemTable;
