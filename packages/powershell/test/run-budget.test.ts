import { expect, test } from 'vitest';
import { Thrown } from '../src/errors/thrown.ts';
import { BudgetExceeded, RunBudget, type RunLimits } from '../src/sandbox/run-budget.ts';

const limits: RunLimits = { milliseconds: 1000, callDepth: 3, valueBytes: 100, memoryBytes: 1000, outputBytes: 10 };

/** The reason for which an action ends a run. */
function reason(action: () => void): string {
  try {
    action();
  } catch (error) {
    if (error instanceof BudgetExceeded) return error.reason;
    throw error;
  }
  return 'none';
}

function steps(budget: RunBudget, count = 10_000): () => void {
  return () => {
    for (let step = 0; step < count; step++) budget.step();
  };
}

test('a run ends when its time is over; what the caller took does not count', () => {
  let now = 0;
  const budget = new RunBudget(limits, { now: () => now });
  now = 1000;
  expect(reason(steps(budget))).toBe('none');
  budget.excuse(500);
  now = 1500;
  expect(reason(steps(budget))).toBe('none');
  now = 1501;
  expect(reason(steps(budget))).toBe('time');
});

test('finally blocks get a little more time, once', () => {
  let now = 1001;
  const budget = new RunBudget(limits, { now: () => now });
  now = 2002;
  expect(reason(steps(budget))).toBe('time');
  now = 2400;
  expect(reason(steps(budget))).toBe('none');
  now = 2600;
  expect(reason(steps(budget))).toBe('time');
});

test('a run ends when it is cancelled, needs too much memory, or makes too large a value', () => {
  let now = 0;
  let isCancelled = false;
  let memory = 0;
  const gauges = { now: () => (now += 1), isCancelled: () => isCancelled, memoryBytes: () => memory };
  const budget = new RunBudget(limits, gauges);
  expect(reason(steps(budget))).toBe('none');
  isCancelled = true;
  expect(reason(steps(budget))).toBe('cancelled');
  isCancelled = false;
  budget.begin(limits);
  memory = 1001;
  expect(reason(steps(budget))).toBe('memory');
  budget.begin(limits);
  expect(reason(() => budget.reserve(101))).toBe('memory');
});

test('a run ends when it wrote too much; a new one begins with nothing written', () => {
  const budget = new RunBudget(limits);
  expect(reason(() => budget.emit(10))).toBe('none');
  expect(reason(() => budget.emit(1))).toBe('output');
  budget.begin(limits);
  expect(reason(() => budget.emit(10))).toBe('none');
});

test("too many calls in calls are PowerShell's own error", () => {
  const budget = new RunBudget(limits);
  for (let depth = 0; depth < 3; depth++) budget.enter();
  expect(() => budget.enter()).toThrow(Thrown);
  budget.leave();
  budget.enter();
});
