import type { CSEntryChange, ImportPage, ImportRun, ImportStep } from '@joinery/connector';
import { problem } from '@joinery/problems';
import type { Connection } from '../../connection/connection.ts';
import type { LdapContext } from '../../context.ts';
import type { DeltaStrategy } from '../../detection/profile.ts';
import { strategyWarnings } from '../../detection/warnings.ts';
import { pageSizeOf } from '../page-size.ts';
import { PagesAhead } from '../pages-ahead.ts';
import { importScopes } from '../partitions.ts';
import { accessLog } from './access-log.ts';
import { changeLog } from './change-log.ts';
import type { DeltaReader } from './delta-reader.ts';
import { fullImportRequired } from './full-import-required.ts';
import { timeStamp } from './time-stamp.ts';
import { usnChanged } from './usn-changed.ts';
import { formatWatermark, type Point, parseWatermark, readPlaces, type Watermark } from './watermark.ts';

/** The four ways to find what changed. */
export const deltaReaders: Readonly<Record<DeltaStrategy, DeltaReader>> = {
  changeLog,
  accessLog,
  usnChanged,
  timeStamp,
};

/**
 * Opens a delta import: what changed since the import that gave the watermark, each object once and as it is now (LDAP sheet 4.7 to
 * 4.10, behaviours L36 to L47). Where the server, the place in its log, or the settings are no longer those of the watermark, a full import
 * is asked for.
 * @throws CONNECTOR_WATERMARK_INVALID with the reason, LDAP_CHANGES_UNREADABLE, LDAP_SERVER_UNREACHABLE, …; so does `getEntries`
 */
export async function deltaImport(context: LdapContext, step: ImportStep, signal: AbortSignal): Promise<ImportRun> {
  if (step.schema.types.length === 0) throw problem('CONNECTOR_SELECTION_INVALID', 'No object type is selected.');
  const strategy = chosenStrategy(context);
  const from = startOf(context, strategy, step.watermark);
  const reader = deltaReaders[strategy];
  const connection = reader.needsOwnConnection
    ? await context.directory.connect('import', signal)
    : await context.directory.shared('import', signal);
  return new DeltaImport(context, step, reader, from, connection);
}

/** Not every server tells what changed, and not everybody wants to know (behaviour L46). */
function chosenStrategy({ profile }: LdapContext): DeltaStrategy {
  const { deltaStrategy } = profile;
  if (deltaStrategy === undefined) {
    throw fullImportRequired(strategyWarnings(profile)[0] ?? 'No way to find changes is chosen.');
  }
  return deltaStrategy;
}

function startOf(context: LdapContext, strategy: DeltaStrategy, text: string | undefined): Watermark {
  if (text === undefined) throw fullImportRequired('There was no import yet that a delta could start from.');
  const watermark = parseWatermark(text);
  if (watermark.strategy !== strategy) {
    throw fullImportRequired(
      `The last import was told of changes by "${watermark.strategy}"; now it is "${strategy}".`,
    );
  }
  if (watermark.places !== readPlaces(context)) {
    throw fullImportRequired(
      'Partitions, containers, Import Filter or Change Log DN are others than at the last import.',
    );
  }
  return watermark;
}

class DeltaImport implements ImportRun {
  readonly #reader: DeltaReader;
  readonly #from: Watermark;
  readonly #connection: Connection;
  readonly #pages: PagesAhead<readonly CSEntryChange[]>;
  #end: Point | undefined;

  constructor(context: LdapContext, step: ImportStep, reader: DeltaReader, from: Watermark, connection: Connection) {
    this.#reader = reader;
    this.#from = from;
    this.#connection = connection;
    const told = {
      context,
      connection,
      from,
      schema: step.schema,
      scopes: importScopes(context, step.partition),
      pageSize: pageSizeOf(context, step.pageSize),
    };
    this.#pages = new PagesAhead((lifetime) => this.#read({ ...told, signal: lifetime }));
  }

  async *#read(
    reading: Parameters<DeltaReader['changes']>[0],
  ): AsyncGenerator<readonly CSEntryChange[], void, undefined> {
    this.#end = yield* this.#reader.changes(reading);
  }

  async getEntries(signal: AbortSignal): Promise<ImportPage> {
    const page = await this.#pages.next(signal);
    return page === undefined ? { entries: [], moreToImport: false } : { entries: page, moreToImport: true };
  }

  /** Only a run that told everything moves the watermark (behaviour L47). */
  async close(reason: string): Promise<{ readonly watermark?: string }> {
    const whole = await this.#pages.end();
    if (this.#reader.needsOwnConnection) await this.#connection[Symbol.asyncDispose]();
    if (reason !== 'Normal' || !whole || this.#end === undefined) return {};
    const { strategy, places } = this.#from;
    return { watermark: formatWatermark({ strategy, places, ...this.#end }) };
  }
}
