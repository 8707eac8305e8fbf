import { describe, expect, test } from 'vitest';
import { armFailPoint, defineFailPoints, failPointNames } from '../src/index.ts';
import { startChild } from './child.ts';
import { expectProblem } from './expect-problem.ts';

const failPoint = defineFailPoints('here', ['before', 'after']);

describe('fail-points', () => {
  test.each([
    ['test.second', 'SIGKILL', 'first 1\n'],
    ['test.first:kill@2', 'SIGKILL', 'first 1\nsecond 1\n'],
  ])('%s kills the process at exactly that visit', async (armed, signal, output) => {
    const ended = await startChild('fail-points', [], { JOINERY_FAIL_POINT: armed }).ended;
    expect(ended.signal).toBe(signal);
    expect(ended.output).toBe(output);
  });

  test('throw raises a problem', async () => {
    const ended = await startChild('fail-points', [], { JOINERY_FAIL_POINT: 'test.second:throw@3' }).ended;
    expect(ended.code).toBe(1);
    expect(ended.output).toContain('The fail-point test.second was reached.');
    expect(ended.output).toContain('first 3\n');
    expect(ended.output).not.toContain('second 3\n');
  });

  test('without the variable nothing happens', async () => {
    const ended = await startChild('fail-points', [], { JOINERY_FAIL_POINT: '' }).ended;
    expect(ended.output.split('\n')).toHaveLength(7);
  });

  test.each(['test.secnd', 'test.second@0', 'test.second:explode', ':kill'])('%s is refused', async (armed) => {
    const ended = await startChild('fail-points', [], { JOINERY_FAIL_POINT: armed }).ended;
    expect(ended.code).toBe(1);
    expect(ended.output).toContain('RUNTIME_FAIL_POINT_UNKNOWN');
    expect(ended.output).not.toContain('first 1');
  });

  test('a point can be armed within a test and disarmed again', async () => {
    const disarm = armFailPoint('here.after:throw@2');
    failPoint('after');
    failPoint('before');
    await expectProblem('RUNTIME_FAIL_POINT_HIT', () => failPoint('after'));
    failPoint('after');
    disarm();
    failPoint('after');
  });

  test('arming an unknown name is refused with the nearest and leaves everything disarmed', async () => {
    const found = await expectProblem('RUNTIME_FAIL_POINT_UNKNOWN', () => armFailPoint('here.aftr:throw'));
    expect(found.detail).toContain('here.after');
    failPoint('after');
  });

  test('the list of names is there to be walked', () => {
    expect(failPointNames()).toEqual(expect.arrayContaining(['here.after', 'here.before', 'runtime.vault.rekeyed']));
  });
});
