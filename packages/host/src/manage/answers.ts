import { type JsonError, toJsonError } from '@joinery/problems';
import type { ConnectorStatus } from '../hosted-connector.ts';
import type { RunReport } from '../runs/run-report.ts';
import type { LastRun } from '../runs/schedule.ts';
import type { HistoryLine } from '../space/reader/calls.ts';
import type { Alias } from '../space/writer/calls.ts';

/*
 * The answers of /manage/v1 as JSON. Times are milliseconds since 1970. They belong to MANAGE_VERSION: a change that an older
 * command could not read makes it another one.
 */

/** A run without what only the process can use. */
export interface RunAnswer extends Omit<LastRun, 'problem'> {
  readonly problem?: JsonError;
  readonly before?: RunAnswer;
}

export interface ConnectorAnswer extends Omit<ConnectorStatus, 'problem' | 'lastImport'> {
  /** The tenant URL. */
  readonly url: string;
  readonly problem?: JsonError;
  readonly lastImport?: RunAnswer;
}

/** Also what is sent to take aliases over. */
export interface AliasesAnswer {
  readonly aliases: readonly Alias[];
}

export interface StatusAnswer {
  readonly url: string;
  readonly connectors: readonly ConnectorAnswer[];
}

export interface HistoryAnswer {
  readonly runs: readonly HistoryLine[];
}

/** A run that was asked for over the management. */
export interface StartedRun {
  readonly run: string;
  readonly connector: string;
  readonly state: 'running' | 'ended';
  /** Objects read so far. */
  readonly objects: number;
  readonly report?: RunAnswer;
  /** Why there is no report. */
  readonly problem?: JsonError;
}

export function connectorAnswer(status: ConnectorStatus, url: string): ConnectorAnswer {
  const { problem, lastImport, ...rest } = status;
  return {
    ...rest,
    url,
    ...(problem === undefined ? {} : { problem: toJsonError(problem) }),
    ...(lastImport === undefined ? {} : { lastImport: runAnswer(lastImport) }),
  };
}

export function runAnswer(report: LastRun & Pick<Partial<RunReport>, 'before'>): RunAnswer {
  const { problem, before, ...rest } = report;
  return {
    ...rest,
    ...(problem === undefined ? {} : { problem: toJsonError(problem) }),
    ...(before === undefined ? {} : { before: runAnswer(before) }),
  };
}
