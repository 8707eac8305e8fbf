import { Engine, type EngineOptions, type EngineValue, type Run, toJsonValue } from '@joinery/powershell';
import { afterAll, beforeAll } from 'vitest';
import { connectorProgram } from '../src/index.ts';

/** An engine with the object model for the tests of a file; each run is a fresh one. */
export function connectorEngine(options: EngineOptions = {}): () => Promise<Run> {
  let engine: Engine | undefined;
  beforeAll(async () => {
    engine = await Engine.open({ program: connectorProgram, ...options });
  });
  afterAll(async () => {
    await engine?.close();
  });
  return async () => {
    if (engine === undefined) throw new Error('the engine is not open yet');
    return await engine.run();
  };
}

/** Everything that a script writes, its types found without their namespace. */
export async function valuesOf(
  run: Run,
  script: string,
  parameters: Readonly<Record<string, EngineValue>> = {},
): Promise<EngineValue[]> {
  const values: EngineValue[] = [];
  for await (const value of run.invoke(`using namespace Microsoft.MetadirectoryServices\n${script}`, parameters)) {
    values.push(value);
  }
  return values;
}

/** As {@link valuesOf}, as JSON has it. */
export async function answersOf(
  run: Run,
  script: string,
  parameters: Readonly<Record<string, EngineValue>> = {},
): Promise<unknown[]> {
  return (await valuesOf(run, script, parameters)).map(toJsonValue);
}
