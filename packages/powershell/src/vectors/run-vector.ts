import { mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { toText } from '../conversion/text.ts';
import { ErrorRecord } from '../errors/error-record.ts';
import { Thrown } from '../errors/thrown.ts';
import { Collector } from '../runtime/output.ts';
import { ParseFailure, Runspace } from '../runtime/runspace.ts';
import type { Session } from '../runtime/session.ts';
import type { Streams } from '../runtime/streams.ts';
import { RunBudget } from '../sandbox/run-budget.ts';
import { placeOf, type Source } from '../syntax/source.ts';
import { getMember } from '../types/members.ts';
import type { Value } from '../values/value.ts';
import { decodeText } from '../world/decode-text.ts';
import { createWorld } from '../world/world.ts';
import { type Difference, differences } from './compare.ts';
import { dumpError, dumpTermination, dumpValue } from './dump.ts';
import type { Vector, VectorResult } from './vector.ts';

export interface VectorOutcome {
  readonly vector: Vector;
  readonly got: VectorResult;
  readonly differences: readonly Difference[];
}

const limits = {
  milliseconds: 10_000,
  callDepth: 1000,
  valueBytes: 2 ** 28,
  memoryBytes: 2 ** 32,
  outputBytes: 2 ** 28,
};

/** Runs one vector in a runspace and a folder of its own, and compares. What the engine throws by mistake passes through. */
export function runVector(vector: Vector): VectorOutcome {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'vector-')));
  try {
    for (const [name, text] of Object.entries(vector.files ?? {})) {
      const path = join(folder, name);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, text);
    }
    const got = withoutFolder(runIn(folder, vector.script), folder);
    return { vector, got, differences: differences(vector, got) };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function runIn(folder: string, script: string): VectorResult {
  const budget = new RunBudget(limits);
  const world = createWorld({
    grants: [{ path: folder, access: 'write' }],
    environment: { HOME: folder, PATH: '', TEMP: folder, TMPDIR: folder, USER: 'root' },
  });
  const records = {
    error: new Collector(),
    warning: new Collector(),
    verbose: new Collector(),
    debug: new Collector(),
    information: new Collector(),
    progress: new Collector(),
  } satisfies Streams;
  const runspace = Runspace.open({ world, budget, location: folder, streams: records });
  const { session } = runspace;
  const out = new Collector();
  const source: Source = { text: script, file: undefined };
  let terminated: ErrorRecord | undefined;
  try {
    runspace.invoke(source, { out });
  } catch (error) {
    if (error instanceof ParseFailure) {
      return {
        parse: error.errors.map(({ id, message, start }) => ({ id, message, ...placeOf(source, start) })),
      };
    }
    if (!(error instanceof Thrown)) throw error;
    terminated = error.record;
  }
  const texts = (items: readonly Value[], member: string): string[] =>
    items.map((item) => toText(getMember(item, member, session), session));
  return {
    output: out.items.map((item) => dumpValue(item, session)),
    errors: records.error.items.map((item) => dumpErrorItem(item, session)),
    warnings: texts(records.warning.items, 'Message'),
    verbose: texts(records.verbose.items, 'Message'),
    information: texts(records.information.items, 'MessageData'),
    terminated: terminated === undefined ? null : dumpTermination(terminated),
    files: filesOf(folder),
  };
}

function dumpErrorItem(item: Value, session: Session): ReturnType<typeof dumpError> {
  if (item instanceof ErrorRecord) return dumpError(item);
  throw new TypeError(`not an error record in the error stream: ${toText(item, session)}`);
}

function filesOf(folder: string): Record<string, string> {
  return Object.fromEntries(
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .map((path) => [relative(folder, path), decodeText(readFileSync(path))]),
  );
}

/** As recorded vectors hold it: the folder's name replaced, lone surrogates as U+FFFD (the file is UTF-8). */
function withoutFolder(result: VectorResult, folder: string): VectorResult {
  const quoted = JSON.stringify(folder).slice(1, -1);
  const text = JSON.stringify(result, (_, value: unknown) =>
    typeof value === 'string' ? value.toWellFormed() : value,
  );
  return JSON.parse(text.replaceAll(quoted, '{cwd}'));
}
