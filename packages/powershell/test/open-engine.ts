import { onTestFinished } from 'vitest';
import { Engine, type EngineOptions, type EngineValue, type InvokeOptions, type Run } from '../src/index.ts';

/** An engine for the running test, closed after it. */
export async function openEngine(options: EngineOptions = {}): Promise<Engine> {
  const engine = await Engine.open(options);
  onTestFinished(() => engine.close());
  return engine;
}

/** A run of an engine of its own. */
export async function openRun(options: EngineOptions = {}): Promise<Run> {
  const engine = await openEngine(options);
  return await engine.run();
}

/** Everything that a script writes. */
export async function outputOf(
  run: Run,
  script: string,
  parameters: Readonly<Record<string, EngineValue>> = {},
  options: InvokeOptions = {},
): Promise<EngineValue[]> {
  const output: EngineValue[] = [];
  for await (const value of run.invoke(script, parameters, options)) output.push(value);
  return output;
}
