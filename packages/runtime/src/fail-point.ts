import { problem } from '@joinery/problems';
import { suggestion } from './nearest.ts';

interface ArmedPoint {
  readonly name: string;
  readonly action: 'kill' | 'throw';
  /** The visit, counted from 1, at which the action happens. */
  readonly visit: number;
  visits: number;
}

const known = new Set<string>();
let armed: ArmedPoint | undefined = readArmedPoint(process.env.JOINERY_FAIL_POINT);

/**
 * Declares a room's fail-points and returns the function that its code calls at each of them, typed to exactly these names (design decision 10).
 * A visit costs one comparison unless a point is armed.
 *
 * Points are armed by `JOINERY_FAIL_POINT=<room>.<name>[:kill|throw][@visit]`, in this process's environment or by {@link armFailPoint}.
 * `kill` (the default) ends the process by SIGKILL, as a power cut or the kernel's memory killer would: no handler runs, nothing is flushed.
 * `throw` raises RUNTIME_FAIL_POINT_HIT. Workers inherit the environment, and each thread counts its own visits.
 *
 * @example
 * const failPoint = defineFailPoints('host', ['journal.before', 'journal.after']);
 * failPoint('journal.before');
 */
export function defineFailPoints<const Names extends readonly string[]>(
  room: string,
  names: Names,
): (name: Names[number]) => void {
  for (const name of names) known.add(`${room}.${name}`);
  return (name) => {
    if (armed === undefined) return;
    visit(armed, `${room}.${name}`);
  };
}

/** The full names of every point declared by the modules loaded so far; an exhaustive fault test walks this list. */
export function failPointNames(): readonly string[] {
  return [...known].sort();
}

/**
 * Refuses an armed name that no loaded module declares: a fault test with a typing error would otherwise pass without a fault.
 * A program calls it once all its rooms are loaded.
 * @throws RUNTIME_FAIL_POINT_UNKNOWN
 */
export function checkArmedFailPoint(): void {
  if (armed === undefined || known.has(armed.name)) return;
  throw problem(
    'RUNTIME_FAIL_POINT_UNKNOWN',
    `There is no fail-point "${armed.name}".${suggestion(armed.name, known)}`,
    {
      place: 'JOINERY_FAIL_POINT',
    },
  );
}

/**
 * Arms one point in this thread, for tests that stay in one process; the returned function disarms it.
 * @param text as in the environment variable, e.g. `host.journal.after:throw@2`
 * @throws RUNTIME_FAIL_POINT_UNKNOWN for an unknown name or form
 */
export function armFailPoint(text: string): () => void {
  const before = armed;
  armed = readArmedPoint(text);
  try {
    checkArmedFailPoint();
  } catch (error) {
    armed = before;
    throw error;
  }
  return () => {
    armed = before;
  };
}

function readArmedPoint(text: string | undefined): ArmedPoint | undefined {
  if (text === undefined || text === '') return undefined;
  const match = /^(?<name>[a-z][a-zA-Z0-9.-]*)(?::(?<action>kill|throw))?(?:@(?<visit>[1-9][0-9]{0,8}))?$/.exec(text);
  if (match?.groups === undefined) {
    throw problem('RUNTIME_FAIL_POINT_UNKNOWN', `"${text}" does not name a fail-point.`, {
      place: 'JOINERY_FAIL_POINT',
    });
  }
  return {
    name: match.groups.name ?? '',
    action: match.groups.action === 'throw' ? 'throw' : 'kill',
    visit: Number(match.groups.visit ?? '1'),
    visits: 0,
  };
}

function visit(point: ArmedPoint, name: string): void {
  if (point.name !== name) return;
  point.visits += 1;
  if (point.visits !== point.visit) return;
  if (point.action === 'throw') throw problem('RUNTIME_FAIL_POINT_HIT', `The fail-point ${name} was reached.`);
  process.kill(process.pid, 'SIGKILL');
}
