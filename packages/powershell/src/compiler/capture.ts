import { Completion, type Evaluate, type Execute, type Frame } from '../runtime/frame.ts';
import { Collector, type Output } from '../runtime/output.ts';
import { ExitSignal, JumpSignal } from '../runtime/signals.ts';
import { objectArray } from '../values/array.ts';
import type { Value } from '../values/value.ts';

/**
 * A statement as a value: what it writes, collected. A `return` inside leaves the function around and takes what was
 * collected along to its output, as PowerShell does.
 * @param keepOnError an error, too, lets what was collected go to the output
 */
export function captured(execute: Execute, keepOnError: boolean): Evaluate {
  return (frame) => resultOf(collect(frame, execute, keepOnError));
}

/** Runs a statement and answers all that it wrote. */
export function collect(frame: Frame, execute: Execute, keepOnError: boolean): Value[] {
  const { out } = frame;
  const collector = new Collector();
  frame.out = collector;
  try {
    const completion = execute(frame);
    if (completion !== Completion.normal) throw jumpOf(completion, frame);
  } catch (error) {
    if (keepOnError || error instanceof JumpSignal || error instanceof ExitSignal) flush(collector, out);
    throw error;
  } finally {
    frame.out = out;
  }
  return collector.items;
}

/** Nothing is AutomationNull, one object is itself, more are an array. */
export function resultOf(items: Value[]): Value {
  if (items.length === 1) return items[0];
  return items.length === 0 ? undefined : objectArray(items);
}

/** A completion as a signal, where a statement is inside of an expression. */
function jumpOf(completion: Completion, frame: Frame): JumpSignal {
  if (completion === Completion.return) return new JumpSignal('return', '');
  return new JumpSignal(completion === Completion.break ? 'break' : 'continue', frame.session.pendingLabel);
}

function flush(collector: Collector, out: Output): void {
  for (const item of collector.items) out.write(item);
}
