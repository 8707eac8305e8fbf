/*
 * A program that runs a script until it is killed. It prints the number of the process that runs the script once that has
 * written its first value, and asks for nothing more: the script waits once its pipe is full.
 */
import { Engine } from '../src/index.ts';

const engine = await Engine.open();
const run = await engine.run();
const [script = ''] = process.argv.slice(2);
await run.invoke(script).next();
process.stdout.write(`${engine.processId}\n`);
setInterval(() => {}, 1_000);
