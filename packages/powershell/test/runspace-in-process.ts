import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { toText } from '../src/conversion/text.ts';
import { ErrorRecord } from '../src/errors/error-record.ts';
import { Collector } from '../src/runtime/output.ts';
import { type InvokeOptions, Runspace, type RunspaceOptions } from '../src/runtime/runspace.ts';
import { RunBudget, type RunLimits } from '../src/sandbox/run-budget.ts';
import { placeOf } from '../src/syntax/source.ts';
import { createWorld } from '../src/world/world.ts';

const limits: RunLimits = {
  milliseconds: 10_000,
  callDepth: 200,
  valueBytes: 2 ** 28,
  memoryBytes: 2 ** 30,
  outputBytes: 2 ** 28,
};

/** A runspace in this process, in a folder of its own, that keeps what it writes as texts. */
export function openRunspace({ registration }: Pick<RunspaceOptions, 'registration'> = {}): {
  readonly runspace: Runspace;
  readonly folder: string;
  /** Runs a script and answers its output as texts. */
  run(script: string, options?: Partial<InvokeOptions> & { readonly milliseconds?: number }): string[];
  /** Errors shown since the last time asked, as `id line:column`. */
  errors(): string[];
} {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'runspace-')));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const error = new Collector();
  const quiet = new Collector();
  const runspace = Runspace.open({
    world: createWorld({ grants: [{ path: folder, access: 'write' }], environment: { HOME: folder } }),
    budget: new RunBudget(limits),
    location: folder,
    ...(registration === undefined ? {} : { registration }),
    streams: { error, warning: quiet, verbose: quiet, debug: quiet, information: quiet, progress: quiet },
  });
  return {
    runspace,
    folder,
    run(script, { milliseconds = limits.milliseconds, ...options } = {}) {
      const out = new Collector();
      runspace.invoke(script, { out, budget: new RunBudget({ ...limits, milliseconds }), ...options });
      return out.items.map((item) => toText(item, runspace.session));
    },
    errors() {
      return error.items.splice(0).map((record) => {
        if (!(record instanceof ErrorRecord)) return 'no error record';
        const { invocation } = record;
        const place = invocation?.source === undefined ? undefined : placeOf(invocation.source, invocation.start);
        return `${record.fullyQualifiedErrorId} ${place?.line}:${place?.column}`;
      });
    },
  };
}
