import { type Problem, problem } from '@joinery/problems';
import { stringify } from 'yaml';
import { checkConnectorName } from './connector-name.ts';
import { type ExportSessionFile, readExportSession, writeExportSession } from './export-session.ts';
import { FEATURES, type Feature, readFeatures, writeFeatures } from './features.ts';
import { type ImportGuard, readImportGuard, USUAL_GUARD, writeImportGuard } from './import-guard.ts';
import { readSchedule } from './import-timing.ts';
import { defaultIsolation, type IsolationFile, readIsolation, writeIsolation } from './isolation.ts';
import { type ConnectorLimits, readLimits, writeLimits } from './limits.ts';
import {
  type NewObjectType,
  type ObjectTypeFile,
  objectTypeWithDefaults,
  readObjectTypes,
  writeObjectType,
} from './object-type.ts';
import { upgradeConnectorFile } from './older-connector-file.ts';
import { type RunProfiles, readRunProfiles, writeRunProfiles } from './run-profiles.ts';
import { parseYamlMap } from './yaml-file.ts';

/** Version of the form of `connectors/<name>.yaml` (design decision 13). */
export const CONNECTOR_FILE_VERSION = 2;

/** `connectors/<name>.yaml`: everything about one connector but its secrets. */
export interface ConnectorFile {
  readonly name: string;
  /** Kind in the connector registry, e.g. `csv`. */
  readonly connector: string;
  /** Minutes between imports; 0 means on demand only. */
  readonly autosyncMinutes: number;
  /** A cron expression in the machine's time; where it is there it counts and not the minutes. */
  readonly schedule: string | undefined;
  readonly runProfiles: RunProfiles;
  /** Raw values of the connector's parameters, by name. */
  readonly parameters: Readonly<Record<string, string | number | boolean | null>>;
  /** What it does beyond the original. */
  readonly features: ReadonlySet<Feature>;
  /** The object types, at least one. */
  readonly types: readonly ObjectTypeFile[];
  /** Objects per page that the connector is asked for, where a run profile does not say its own. */
  readonly pageSize: number;
  readonly importGuard: ImportGuard;
  readonly exportSession: ExportSessionFile;
  readonly limits: ConnectorLimits;
  readonly isolation: IsolationFile;
}

/** What has to be said about a new connector; the rest has defaults. */
export type NewConnector = Pick<ConnectorFile, 'name' | 'connector'> &
  Partial<Omit<ConnectorFile, 'types'>> & { readonly types: readonly NewObjectType[] };

/** Fills in what a new connector leaves open. 120 minutes is the original's timer (host sheet 2.2). */
export function withDefaults({ types, ...connector }: NewConnector): ConnectorFile {
  return {
    autosyncMinutes: 120,
    schedule: undefined,
    runProfiles: {},
    parameters: {},
    features: new Set(FEATURES),
    pageSize: 500,
    importGuard: USUAL_GUARD,
    exportSession: { mode: 'perBatch' },
    limits: { deletesPerHour: 0 },
    isolation: defaultIsolation,
    ...connector,
    types: types.map(objectTypeWithDefaults),
  };
}

const MEMBERS = [
  'version',
  'connector',
  'autosyncMinutes',
  'schedule',
  'runProfiles',
  'parameters',
  'features',
  'types',
  'pageSize',
  'importGuard',
  'exportSession',
  'limits',
  'isolation',
];

/**
 * Reads the text of a connector file.
 * @param name the connector's name, which is the file's
 * @throws HOST_CONFIGURATION_INVALID, HOST_CONFIGURATION_NEWER, HOST_CONNECTOR_NAME_INVALID; each with file, line and column
 */
export function parseConnectorFile(text: string, name: string, path: string): ConnectorFile {
  checkConnectorName(name, path);
  const root = parseYamlMap(text, path, upgradeConnectorFile);
  // The version comes first: a newer file may well have members that this program does not know.
  const version = root.integer('version', CONNECTOR_FILE_VERSION, 1, Number.MAX_SAFE_INTEGER);
  if (version > CONNECTOR_FILE_VERSION) throw newerFile(version, root.placeOf('version'));
  root.only(MEMBERS);
  const features = readFeatures(root);
  return {
    name,
    connector: root.requiredText('connector'),
    autosyncMinutes: root.integer('autosyncMinutes', 120, 0, 525_600),
    schedule: readSchedule(root),
    runProfiles: readRunProfiles(root.map('runProfiles')),
    parameters: root.map('parameters')?.scalars() ?? {},
    features,
    types: readObjectTypes(root, features),
    pageSize: root.integer('pageSize', 500, 1, 100_000),
    importGuard: readImportGuard(root.map('importGuard')),
    exportSession: readExportSession(root.map('exportSession')),
    limits: readLimits(root.map('limits')),
    isolation: readIsolation(root.map('isolation')),
  };
}

/** The refusal of a file that a newer program has written. @param place the file, with line and column where they are known */
export function newerFile(version: number, place: string): Problem {
  const sentence = `The file has version ${version}; this program reads up to ${CONNECTOR_FILE_VERSION}.`;
  return problem('HOST_CONFIGURATION_NEWER', sentence, { place });
}

/** The text of a connector file; {@link parseConnectorFile} reads the same connector from it. */
export function formatConnectorFile(file: ConnectorFile): string {
  const { parameters } = file;
  const importGuard = writeImportGuard(file.importGuard);
  const runProfiles = writeRunProfiles(file.runProfiles);
  const limits = writeLimits(file.limits);
  const exportSession = writeExportSession(file.exportSession);
  const isolation = writeIsolation(file.isolation);
  const features = writeFeatures(file.features);
  return stringify(
    {
      version: CONNECTOR_FILE_VERSION,
      connector: file.connector,
      autosyncMinutes: file.autosyncMinutes,
      ...(file.pageSize === 500 ? {} : { pageSize: file.pageSize }),
      ...(file.schedule === undefined ? {} : { schedule: file.schedule }),
      ...(runProfiles === undefined ? {} : { runProfiles }),
      ...(importGuard === undefined ? {} : { importGuard }),
      ...(limits === undefined ? {} : { limits }),
      ...(exportSession === undefined ? {} : { exportSession }),
      ...(isolation === undefined ? {} : { isolation }),
      ...(features === undefined ? {} : { features }),
      ...(Object.keys(parameters).length === 0 ? {} : { parameters: { ...parameters } }),
      types: file.types.map(writeObjectType),
    },
    { lineWidth: 0 },
  );
}
