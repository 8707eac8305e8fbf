import { baseOf } from '../../conversion/base.ts';
import { enumerable } from '../../conversion/enumerate.ts';
import { InvocationInfo } from '../../errors/invocation-info.ts';
import { runtimeError } from '../../errors/raise.ts';
import type { StreamName } from '../../syntax/tree/index.ts';
import { objectArray } from '../../values/array.ts';
import type { Value } from '../../values/value.ts';
import type { Frame } from '../frame.ts';
import { nowhere, type Output } from '../output.ts';
import type { Streams } from '../streams.ts';
import { setVariable } from '../variable-access.ts';
import { CmdletStage } from './cmdlet-stage.ts';
import { namedArgument } from './invoke-block.ts';

/** One redirection with its location evaluated; `location` is absent for a merge into the output. */
export interface Redirection {
  readonly from: StreamName;
  readonly location?: Value;
  readonly append: boolean;
  readonly start: number;
  readonly end: number;
}

/** Where a command writes once its redirections hold. */
export interface Redirected {
  readonly out: Output;
  readonly streams: Streams;
  /** Ends what was written to: files are complete afterwards. */
  finish(): void;
  /** Gives everything back, whether or not the command failed. */
  close(): void;
}

const messageStreams = ['error', 'warning', 'verbose', 'debug', 'information', 'progress'] as const;

/** Applies redirections: files and variables first, then merges, which follow the output to where it goes. */
export function redirect(
  frame: Frame,
  redirections: readonly Redirection[],
  given: { out: Output; streams: Streams },
): Redirected {
  let { out } = given;
  const streams = { ...given.streams };
  const targets: Target[] = [];
  const set = (from: StreamName, target: Output): void => {
    if (from === 'all' || from === 'output') out = target;
    for (const name of messageStreams) if (from === 'all' || from === name) streams[name] = target;
  };
  for (const one of redirections) {
    if (!('location' in one)) continue;
    const target = openTarget(frame, one);
    targets.push(target);
    set(one.from, target);
  }
  for (const one of redirections) {
    if ('location' in one) continue;
    const merged = out;
    for (const name of messageStreams) if (one.from === 'all' || one.from === name) streams[name] = merged;
  }
  return {
    out,
    streams,
    finish: () => {
      for (const target of targets) target.finish();
    },
    close: () => {
      for (const target of targets) target.close();
    },
  };
}

interface Target extends Output {
  finish(): void;
  close(): void;
}

const discarded: Target = { write: nowhere.write, finish() {}, close() {} };

function openTarget(frame: Frame, { location, append, start, end }: Redirection): Target {
  const base = baseOf(location);
  if (base === null || base === undefined) return discarded;
  const path = frame.session.text(base);
  if (/^variable:/i.test(path)) return toVariable(frame, path.slice('variable:'.length), append);
  return toFile(frame, path, append, start, end);
}

function toVariable(frame: Frame, name: string, append: boolean): Target {
  const before = append ? frame.scope.find(name.toLowerCase())?.value : undefined;
  const items: Value[] =
    before === undefined || before === null ? [] : [...(enumerable(before, frame.session) ?? [before])];
  return {
    write: (value) => items.push(value),
    finish() {
      setVariable(frame.session, frame.scope, name, items.length === 1 ? items[0] : objectArray(items));
    },
    close() {},
  };
}

/** A file, written as `Out-File` writes it. */
function toFile(frame: Frame, path: string, append: boolean, start: number, end: number): Target {
  const { session } = frame;
  const command = session.cmdlets.get('out-file');
  if (command === undefined) {
    throw runtimeError('RedirectionNotSupported', 'Redirection to files needs the command Out-File.', {
      category: 'NotImplemented',
    });
  }
  const stage = new CmdletStage(
    {
      session,
      caller: frame,
      errorName: command.cmdlet.typeName,
      invocation: new InvocationInfo(frame.source, start, end, { command }),
      args: [namedArgument('FilePath', path), ...(append ? [namedArgument('Append', true)] : [])],
      out: nowhere,
      streams: frame.streams,
      expectsInput: true,
    },
    command,
  );
  stage.prepare();
  stage.begin();
  return { write: (value) => stage.write(value), finish: () => stage.end(), close: () => stage.clean() };
}
