import { problem } from '@joinery/problems';
import { stringify } from 'yaml';
import { checkConnectorName } from './connector-name.ts';
import { type ExportSessionFile, readExportSession, writeExportSession } from './export-session.ts';
import { FEATURES, type Feature, readFeatures, writeFeatures } from './features.ts';
import {
  type NewObjectType,
  type ObjectTypeFile,
  objectTypeWithDefaults,
  readObjectTypes,
  writeObjectType,
} from './object-type.ts';
import { parseYamlMap } from './yaml-file.ts';

/** Version of the form of `connectors/<name>.yaml` (design decision 13). */
export const CONNECTOR_FILE_VERSION = 1;

/** When an import is held back instead of taken over, because it would lose too much. */
export interface ImportGuard {
  /** Deletes that are always too many. */
  readonly maxDeletes: number;
  /** Percent of the objects that may go; a few may always. */
  readonly maxDeletePercent: number;
}

/** `connectors/<name>.yaml`: everything about one connector but its secrets. */
export interface ConnectorFile {
  readonly name: string;
  /** Kind in the connector registry, e.g. `csv`. */
  readonly connector: string;
  /** Minutes between imports; 0 means on demand only. */
  readonly autosyncMinutes: number;
  /** Raw values of the connector's parameters, by name. */
  readonly parameters: Readonly<Record<string, string | number | boolean | null>>;
  /** What it does beyond the original. */
  readonly features: ReadonlySet<Feature>;
  /** The object types, at least one. */
  readonly types: readonly ObjectTypeFile[];
  /** Objects per page that the connector is asked for. */
  readonly pageSize: number;
  readonly importGuard: ImportGuard;
  readonly exportSession: ExportSessionFile;
}

/** What has to be said about a new connector; the rest has defaults. */
export type NewConnector = Pick<ConnectorFile, 'name' | 'connector'> &
  Partial<Omit<ConnectorFile, 'types'>> & { readonly types: readonly NewObjectType[] };

/** Fills in what a new connector leaves open. 120 minutes is the original's timer (host sheet 2.2). */
export function withDefaults({ types, ...connector }: NewConnector): ConnectorFile {
  return {
    autosyncMinutes: 120,
    parameters: {},
    features: new Set(FEATURES),
    pageSize: 500,
    importGuard: { maxDeletes: 500, maxDeletePercent: 10 },
    exportSession: { mode: 'perBatch' },
    ...connector,
    types: types.map(objectTypeWithDefaults),
  };
}

const MEMBERS = [
  'version',
  'connector',
  'autosyncMinutes',
  'parameters',
  'features',
  'types',
  'pageSize',
  'importGuard',
  'exportSession',
];

/**
 * Reads the text of a connector file.
 * @param name the connector's name, which is the file's
 * @throws HOST_CONFIGURATION_INVALID, HOST_CONFIGURATION_NEWER, HOST_CONNECTOR_NAME_INVALID; each with file, line and column
 */
export function parseConnectorFile(text: string, name: string, path: string): ConnectorFile {
  checkConnectorName(name, path);
  const root = parseYamlMap(text, path);
  // The version comes first: a newer file may well have members that this program does not know.
  const version = root.integer('version', CONNECTOR_FILE_VERSION, 1, Number.MAX_SAFE_INTEGER);
  if (version > CONNECTOR_FILE_VERSION) {
    throw problem(
      'HOST_CONFIGURATION_NEWER',
      `The file has version ${version}; this program reads up to ${CONNECTOR_FILE_VERSION}.`,
      {
        place: root.placeOf('version'),
      },
    );
  }
  root.only(MEMBERS);
  const guard = root.map('importGuard');
  guard?.only(['maxDeletes', 'maxDeletePercent']);
  const features = readFeatures(root);
  return {
    name,
    connector: root.requiredText('connector'),
    autosyncMinutes: root.integer('autosyncMinutes', 120, 0, 525_600),
    parameters: root.map('parameters')?.scalars() ?? {},
    features,
    types: readObjectTypes(root, features),
    pageSize: root.integer('pageSize', 500, 1, 100_000),
    exportSession: readExportSession(root.map('exportSession')),
    importGuard: {
      maxDeletes: guard?.integer('maxDeletes', 500, 0, Number.MAX_SAFE_INTEGER) ?? 500,
      maxDeletePercent: guard?.integer('maxDeletePercent', 10, 0, 100) ?? 10,
    },
  };
}

/** The text of a connector file; {@link parseConnectorFile} reads the same connector from it. */
export function formatConnectorFile(file: ConnectorFile): string {
  const { parameters, importGuard } = file;
  const usualGuard = importGuard.maxDeletes === 500 && importGuard.maxDeletePercent === 10;
  const features = writeFeatures(file.features);
  const exportSession = writeExportSession(file.exportSession);
  return stringify(
    {
      version: CONNECTOR_FILE_VERSION,
      connector: file.connector,
      autosyncMinutes: file.autosyncMinutes,
      ...(file.pageSize === 500 ? {} : { pageSize: file.pageSize }),
      ...(usualGuard ? {} : { importGuard: { ...importGuard } }),
      ...(exportSession === undefined ? {} : { exportSession }),
      ...(features === undefined ? {} : { features }),
      ...(Object.keys(parameters).length === 0 ? {} : { parameters: { ...parameters } }),
      types: file.types.map(writeObjectType),
    },
    { lineWidth: 0 },
  );
}
