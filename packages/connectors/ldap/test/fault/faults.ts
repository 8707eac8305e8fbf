import { closeSync, openSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { Passing, Verdict } from '../../../../../testing/directories/recording-proxy.ts';
import type { Scene } from './scene.ts';

/** What an operation of the host is interrupted in. */
export type Phase = 'import' | 'delta' | 'export';

/** Something that befalls the server or the connection in the middle of an operation. */
export interface Fault {
  readonly name: string;
  readonly phases: readonly Phase[];
  /** Whether it befalls as an answer passes instead of a request; only of exports. */
  readonly atAnswer?: boolean;
  /** Readies what cannot be made in the moment itself, and gives what happens then. */
  prepare(scene: Scene): Promise<() => Verdict>;
  /** What an administrator does about it. */
  repair(scene: Scene): Promise<void>;
  /** Some writes cannot be done, and their callers are told so. */
  readonly refusesWrites?: boolean;
  /** It goes on until it is repaired: callers wait, and are answered when it is. */
  readonly lasts?: boolean;
  /** Whether an import during which it happens may succeed: reading needs no room on the disk. */
  readonly harmlessToReads?: boolean;
}

const ballast = (scene: Scene): string => join(scene.slapd.databaseFolder, 'ballast');

export const FAULTS: readonly Fault[] = [
  {
    name: 'server killed',
    refusesWrites: true,
    phases: ['import', 'delta', 'export'],
    prepare: async (scene) => () => {
      process.kill(scene.slapd.processId(), 'SIGKILL');
      return 'pass';
    },
    repair: async (scene) => {
      await scene.slapd.kill();
      await scene.slapd.start();
    },
  },
  {
    name: 'server frozen',
    lasts: true,
    phases: ['import', 'delta', 'export'],
    prepare: async (scene) => () => {
      scene.slapd.freeze();
      return 'pass';
    },
    repair: async (scene) => scene.slapd.thaw(),
  },
  {
    name: 'server restarted with another certificate',
    refusesWrites: true,
    phases: ['import', 'delta', 'export'],
    prepare: async (scene) => {
      const other = await scene.stranger.server('other', ['127.0.0.1']);
      return () => {
        process.kill(scene.slapd.processId(), 'SIGKILL');
        scene.proxy.present(other);
        return 'cut-before';
      };
    },
    repair: async (scene) => {
      await scene.slapd.kill();
      await scene.slapd.start();
      await scene.refusesStranger();
      scene.proxy.present(scene.certificate);
    },
  },
  {
    name: 'disk full under the server',
    refusesWrites: true,
    phases: ['import', 'delta', 'export'],
    harmlessToReads: true,
    prepare: async (scene) => () => {
      fill(ballast(scene));
      return 'pass';
    },
    repair: async (scene) => rmSync(ballast(scene)),
  },
  {
    name: 'connection cut in the middle of a page',
    phases: ['import', 'delta'],
    prepare: async () => () => 'cut-inside',
    repair: async () => undefined,
  },
  {
    name: 'connection cut in the middle of a write',
    phases: ['export'],
    prepare: async () => () => 'cut-inside',
    repair: async () => undefined,
  },
  {
    name: 'connection cut in the middle of the answer to a write',
    phases: ['export'],
    atAnswer: true,
    prepare: async () => () => 'cut-inside',
    repair: async () => undefined,
  },
];

/** Takes all room on the disk away. */
function fill(file: string): void {
  const page = Buffer.alloc(65_536);
  const handle = openSync(file, 'w');
  try {
    for (let size = page.length; size >= 1; ) {
      try {
        writeSync(handle, page, 0, size);
      } catch (error) {
        if (!(error instanceof Error) || !('code' in error) || error.code !== 'ENOSPC') throw error;
        size = Math.floor(size / 2);
      }
    }
  } finally {
    closeSync(handle);
  }
}

/** A fault that waits for its moment. */
export interface Armed {
  /** Whether it has happened. */
  happened(): boolean;
  /** Whether the connector has found out, and tries to connect anew. */
  noticed(): boolean;
}

/** Lets the fault happen as the n-th message of its phase passes, and never again. */
export async function arm(scene: Scene, fault: Fault, phase: Phase, nth: number): Promise<Armed> {
  const happen = await fault.prepare(scene);
  const { proxy } = scene;
  let left = nth;
  let before = 0;
  proxy.judge((passing) => {
    if (left === 0 || !isOf(passing, phase, fault.atAnswer === true)) return 'pass';
    left -= 1;
    before = proxy.requests.length;
    return left === 0 ? happen() : 'pass';
  });
  return {
    happened: () => left === 0,
    noticed: () => left === 0 && proxy.requests.slice(before).some(({ kind }) => kind === 'bind'),
  };
}

const WRITES: readonly string[] = ['add', 'modify', 'delete', 'modifyDN'];

function isOf(passing: Passing, phase: Phase, atAnswer: boolean): boolean {
  const { from, request } = passing;
  if (request === undefined) return false;
  if (phase === 'export') return WRITES.includes(request.kind) && (from === 'server') === atAnswer;
  if (from !== 'server' || passing.message !== 'entry' || request.kind !== 'search') return false;
  // Not what is read of the server itself before an import.
  return phase === 'import' ? request.page !== undefined : request.base !== '' && request.base !== 'cn=Subschema';
}
