import { setImmediate } from 'node:timers/promises';
import { type Connector, type CSEntryChange, importPages, objectPlace, stopsRun } from '@joinery/connector';
import { isProblem, type Problem, problem, toProblem } from '@joinery/problems';
import {
  boundHeapGrowth,
  boundNursery,
  type Clock,
  collectGarbage,
  type Logger,
  type Random,
  type Redactor,
  withDeadline,
} from '@joinery/runtime';
import type { RunProfile, RunProfileName } from '../configuration/run-profiles.ts';
import type { InDoubt } from '../export/in-doubt.ts';
import { withoutSecrets } from '../export/target-fault.ts';
import { indexPlans } from '../object/compiled-type.ts';
import { idOfUnread } from '../object/read-entry.ts';
import { type Shape, typeOfObject } from '../object/shape.ts';
import type { HeldReason, RunOutcome, RunRecord } from '../space/run-record.ts';
import { type Space, untilDone } from '../space/space.ts';
import type { RowPacker } from '../space/writer/packed-page.ts';
import { checkSelection, selectionWarnings } from './check-selection.ts';
import { DeltaRenames } from './delta-renames.ts';
import { DoubtfulRenames } from './doubtful-renames.ts';
import { heldReasons, heldSentence, type Missed, notAccepted } from './guard.ts';
import { changedId, changedObject, type Imported, wholeObject } from './imported-entry.ts';
import { RunLog } from './run-log.ts';
import type { RunReport } from './run-report.ts';
import { StagedPage } from './staged-page.ts';
import { sweepMissing } from './sweep.ts';
import { Tally } from './tally.ts';

/** What callers know the roles of a group's attributes by. */
const GROUP_ATTRIBUTES = ['displayName', 'members'];

/** Entries that are worked before requests have their turn: about a millisecond. */
const ENTRIES_AT_ONCE = 50;

/** What the imports of one connector have in common. */
export interface ImportOptions {
  readonly shape: Shape;
  readonly connector: Connector;
  readonly space: Space;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly redactor: Redactor;
  /** Milliseconds, for profiles that say no time of their own. */
  readonly timeoutMs: number;
  /** Milliseconds that one look-up may take. */
  readonly callMs: number;
  readonly random: Random;
  /** Writes without a known outcome. */
  readonly doubts: Pick<InDoubt, 'all'>;
}

/** One import. */
export interface ImportOrder {
  readonly kind: 'fullImport' | 'deltaImport';
  readonly profile: RunProfileName;
  /** Why it is run, in words. */
  readonly why: string;
  /** What an administrator has looked at and accepts to lose. */
  readonly accept: readonly HeldReason[];
  /** Where a delta import starts. */
  readonly watermark: string | null;
  /** Called after every page with the number of objects so far. */
  readonly progress: (objects: number) => void;
  /** Called between two pages; the import goes on when it resolves. */
  readonly between: (log: RunLog) => Promise<void>;
}

/**
 * Reads the target, or what changed in it, into a new generation of the space and makes it the visible one, unless it
 * failed, was cancelled, or would lose too much: then the previous content goes on answering. Never throws for what the
 * target does; the report says how it ended, and so do the run history and the log.
 */
export function runImport(options: ImportOptions, order: ImportOrder, signal: AbortSignal): Promise<RunReport> {
  return new ImportRun(options, order).run(signal);
}

/** Fewer leave no heap that is worth standing still for. */
const OBJECTS_WORTH_COLLECTING = 5_000;

class ImportRun {
  readonly #options: ImportOptions;
  readonly #order: ImportOrder;
  readonly #profile: RunProfile;
  readonly #tally: Tally;
  readonly #log: RunLog;
  readonly #packer: RowPacker;
  /** By the monotonic clock: a wall clock that is set meanwhile must not make a run last a day, or less than nothing. */
  readonly #began: number;
  readonly #renames: DeltaRenames;
  readonly #doubtful: DoubtfulRenames;
  /** The page that goes into the space. The next one of a full import is read and made ready meanwhile: that is two threads' work. */
  #staging: Promise<void> | undefined;
  #held: readonly HeldReason[] = [];

  constructor(options: ImportOptions, order: ImportOrder) {
    this.#options = options;
    this.#packer = options.space.packer();
    this.#order = order;
    this.#profile = options.shape.file.runProfiles[order.profile] ?? {};
    this.#tally = new Tally(options.redactor);
    this.#log = new RunLog(options.logger, options.clock, order);
    this.#renames = new DeltaRenames(options.space, options.random);
    this.#doubtful = new DoubtfulRenames(options.doubts, options.space);
    this.#began = options.clock.monotonic();
  }

  async run(signal: AbortSignal): Promise<RunReport> {
    const freely = boundHeapGrowth();
    const report = await this.#takeOver(signal)
      .catch((error: unknown) => this.#putBack(error, signal))
      .finally(freely);
    this.#log.ended(report);
    if (this.#tally.objects > OBJECTS_WORTH_COLLECTING) await this.#rest();
    return report;
  }

  /** Gives back the memory that the objects went through, in both threads. */
  async #rest(): Promise<void> {
    const { space, logger } = this.#options;
    collectGarbage();
    try {
      await space.writer.call('rest', null);
    } catch (error) {
      logger.warn({ error: toProblem(error) }, 'the space could not give back the memory of an import');
    }
  }

  async #takeOver(signal: AbortSignal): Promise<RunReport> {
    const { space, clock, timeoutMs } = this.#options;
    const { timeoutMinutes } = this.#profile;
    const { errors } = this.#tally;
    await space.openStaging();
    const before = space.count();
    const deadlineMs = timeoutMinutes === undefined ? timeoutMs : timeoutMinutes * 60_000;
    const watermark = await withDeadline(clock, deadlineMs, 'The import', signal, (within) => this.#stageAll(within));
    if (this.#whole) await this.#settleRenames();
    // Nobody is taken for deleted while a row could not be told apart: that person may stand in it.
    if (this.#whole && !this.#tally.unidentified) await sweepMissing(this.#options, this.#tally, signal);
    this.#guard(before);
    await untilDone(() => space.writer.call('resolve', { now: clock.now() }));
    signal.throwIfAborted();
    const record = this.#record(this.#tally.failed === 0 ? 'finished' : 'finishedWithErrors', null);
    await this.#renames.write();
    const { decided } = await space.writer.call('flip', { watermark, run: record, errors });
    await untilDone(() => space.writer.call('collect', null));
    return { ...record, watermark, errors, problem: undefined, decided };
  }

  async #settleRenames(): Promise<void> {
    const { shape, space, clock } = this.#options;
    const settled = await this.#doubtful.settle(shape, space, this.#renames, clock.now());
    this.#tally.adds -= settled;
    this.#tally.updates += settled;
  }

  /** The space may be what failed: what cannot be put back now is put back when the space is opened again. */
  async #putBack(error: unknown, signal: AbortSignal): Promise<RunReport> {
    const { space, redactor, logger } = this.#options;
    const fault = withoutSecrets(toProblem(signal.aborted ? signal.reason : error), redactor);
    const held = isProblem(fault, 'HOST_IMPORT_HELD_BACK');
    const outcome = signal.aborted ? 'cancelled' : held ? 'heldBack' : 'failed';
    const record = this.#record(outcome, `${fault.code}: ${fault.message}`);
    const { errors } = this.#tally;
    try {
      await untilDone(() => space.writer.call('abandon', null));
      await space.writer.call('record', { run: record, errors });
    } catch (second) {
      logger.error({ error: toProblem(second) }, 'the import that failed could not be cleared away or noted');
    }
    return { ...record, watermark: this.#order.watermark, errors, problem: fault, decided: [] };
  }

  get #whole(): boolean {
    return this.#order.kind === 'fullImport';
  }

  /** @returns the watermark that belongs to the content as it is now */
  async #stageAll(signal: AbortSignal): Promise<string | null> {
    const { connector, shape } = this.#options;
    const { watermark } = this.#order;
    const schema = await connector.schema(signal);
    checkSelection(schema, shape);
    if (this.#whole) for (const warning of selectionWarnings(schema, shape)) this.#options.logger.warn({}, warning);
    const pageSize = this.#profile.pageSize ?? shape.file.pageSize;
    const step = { schema: shape.schema, pageSize, ...(this.#whole || watermark === null ? {} : { watermark }) };
    const pages = importPages(connector, this.#whole ? 'full' : 'delta', step, this.#options, signal);
    try {
      for (;;) {
        const next = await pages.next();
        // A connector may answer long after its time was over; by then the open generation is another import's.
        signal.throwIfAborted();
        if (next.done === true) {
          await this.#staging;
          return this.#watermarkAfter(next.value);
        }
        const { entries, moreToImport } = next.value;
        await this.#stage(entries, signal);
        if (moreToImport) await this.#order.between(this.#log);
      }
    } finally {
      // Nothing may reach the space when this has ended: the next import may be open by then. What failed was heard of, or is not what ends it.
      await Promise.allSettled([this.#staging]);
      // Ends the connector's run when a fault of ours stops the reading half-way.
      await pages.return(undefined);
    }
  }

  /**
   * An object that could not be read must be reported again: a delta starts where this one did, and a full import that missed
   * somebody is followed by another full one. So does a delta that told of an object which was written meanwhile: the write
   * stands, and what somebody else had changed of it is not known yet.
   */
  #watermarkAfter(given: string | undefined): string | null {
    const { failed, passed } = this.#tally;
    if (this.#whole) return failed === 0 ? (given ?? null) : null;
    return failed === 0 && passed === 0 ? (given ?? this.#order.watermark) : this.#order.watermark;
  }

  async #stage(entries: readonly CSEntryChange[], signal: AbortSignal): Promise<void> {
    const { shape, space } = this.#options;
    const { idOf } = this.#renames;
    boundNursery();
    const page = new StagedPage(this.#options, this.#tally, this.#whole, this.#packer);
    // One that is being built meanwhile finds its own entries.
    const planOf = indexPlans(shape, space.indexes);
    if (!this.#whole) await page.load(entries.flatMap((entry) => changedId(shape, idOf, entry) ?? []));
    for (const [at, entry] of entries.entries()) {
      if (at % ENTRIES_AT_ONCE === ENTRIES_AT_ONCE - 1) await setImmediate();
      const imported = this.#whole
        ? wholeObject(shape, idOf, entry, planOf)
        : changedObject(shape, idOf, entry, (id) => page.latest(id));
      if (imported !== undefined) this.#meet(entry);
      this.#take(page, entry, imported);
    }
    await this.#staging;
    this.#staging = this.#write(page, signal);
    // It is heard of where it is waited for.
    this.#staging.catch(() => {});
    // What a delta tells builds on what the space has.
    if (!this.#whole) await this.#staging;
  }

  async #write(page: StagedPage, signal: AbortSignal): Promise<void> {
    await page.write(signal);
    this.#order.progress(this.#tally.objects);
    this.#log.page(this.#tally.objects);
    const { objectLimit } = this.#profile;
    const objects = this.#tally.objects + this.#tally.deletes.count;
    if (objectLimit === undefined || objects <= objectLimit) return;
    throw problem('HOST_IMPORT_OVER_LIMIT', `The import brought ${objects} objects; "objectLimit" is ${objectLimit}.`, {
      place: `${this.#options.shape.file.name}: ${this.#order.profile}`,
    });
  }

  #meet({ objectType }: CSEntryChange): void {
    const { shape } = this.#options;
    const { met } = this.#tally;
    if (met.size === shape.types.length) return;
    const type = typeOfObject(shape, objectType);
    if (type !== undefined) met.add(type.file.resource);
  }

  /** What cannot be used keeps the content it has and is reported. */
  #take(page: StagedPage, entry: CSEntryChange, imported: Imported): void {
    if (imported === undefined) return;
    if (imported.kind === 'gone') page.gone(imported.id);
    else if (imported.kind === 'row') {
      const { row, renamed } = imported;
      if (this.#whole) this.#doubtful.meet(row.id, entry);
      const fault = renamed === undefined ? undefined : this.#renames.rename(row.id, renamed);
      if (fault === undefined) page.row(row);
      else this.#unusable(page, entry, fault);
    } else {
      if (stopsRun(entry)) throw imported.fault;
      this.#unusable(page, entry, imported.fault);
    }
  }

  #unusable(page: StagedPage, entry: CSEntryChange, fault: Problem): void {
    this.#tally.fail(objectPlace(entry), fault);
    const id = idOfUnread(this.#options.shape, this.#renames.idOf, entry);
    if (id === undefined) this.#tally.unidentified = true;
    else page.keep(id);
  }

  /** @throws HOST_IMPORT_HELD_BACK */
  #guard(before: number): void {
    const { deletes, objects } = this.#tally;
    const { file } = this.#options.shape;
    // What was taken out of the selection is gone from every object, as it should be.
    const selected = new Set(
      file.types.flatMap((type) => type.attributes.map(({ name }) => name)).concat(GROUP_ATTRIBUTES),
    );
    const blanks = new Map([...this.#tally.blanks].filter(([attribute]) => selected.has(attribute)));
    const losses = { whole: this.#whole, before, brought: objects, deletes, missed: this.#missed(), blanks };
    const reasons = heldReasons(file.importGuard, losses);
    const left = notAccepted(reasons, this.#order.accept);
    if (left.length === 0) return;
    this.#held = reasons;
    throw problem('HOST_IMPORT_HELD_BACK', left.map(heldSentence).join(' '), { place: file.name });
  }

  /** A type that is no longer selected is gone, as it should be; one type alone is everything. */
  #missed(): readonly Missed[] {
    const { shape, space } = this.#options;
    const { missed, met } = this.#tally;
    const resources = shape.types.map(({ file }) => file.resource);
    if (resources.length === 1) return [];
    return resources.map((type) => ({
      type,
      count: missed.get(type) ?? 0,
      of: space.count(type),
      emptied: !met.has(type),
    }));
  }

  #record(outcome: RunOutcome, detail: string | null): RunRecord {
    const { adds, updates, renames, deletes, unchanged, failed, differing, differences } = this.#tally;
    const { kind, profile, why } = this.#order;
    const { clock } = this.#options;
    const endedAt = clock.now();
    return {
      kind,
      profile,
      why,
      startedAt: endedAt - Math.round(clock.monotonic() - this.#began),
      endedAt,
      outcome,
      adds,
      updates,
      renames,
      deletes: deletes.count,
      unchanged,
      failed,
      detail,
      held: this.#held,
      differing,
      differences,
    };
  }
}
