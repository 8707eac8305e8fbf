import type { YamlMap } from './yaml-file.ts';

/**
 * How long an export run lasts. `perBatch`: it is opened for a batch and closed after it. `keepOpen`: it is opened once, for
 * targets whose opening is expensive, and takes batch after batch until none has come for a while.
 */
export type ExportSessionFile =
  | { readonly mode: 'perBatch' }
  | {
      readonly mode: 'keepOpen';
      /** Seconds without a write after which the run is closed. */
      readonly idleSeconds: number;
    };

const DEFAULT_IDLE_SECONDS = 60;

/** Reads `exportSession`. @throws HOST_CONFIGURATION_INVALID */
export function readExportSession(map: YamlMap | undefined): ExportSessionFile {
  map?.only(['mode', 'idleSeconds']);
  if (map === undefined || map.choice('mode', ['perBatch', 'keepOpen'], 'perBatch') === 'perBatch') {
    return { mode: 'perBatch' };
  }
  return { mode: 'keepOpen', idleSeconds: map.integer('idleSeconds', DEFAULT_IDLE_SECONDS, 1, 86_400) };
}

/** The part as it is written to a file; undefined for the default. */
export function writeExportSession(session: ExportSessionFile): Record<string, string | number> | undefined {
  return session.mode === 'perBatch' ? undefined : { mode: session.mode, idleSeconds: session.idleSeconds };
}
