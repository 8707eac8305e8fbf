import { expect, test } from 'vitest';
import { run } from './run.ts';

const softDeleted = 'Switch([IsSoftDeleted],, "False", "True", "True", "False")';

test("the tutorial's Switch prints the value that flows", async () => {
  const { code, stdout } = await run(['expression', 'eval', softDeleted, '-a', 'IsSoftDeleted=False']);
  expect({ code, stdout }).toEqual({ code: 0, stdout: 'True\n' });
});

test('an absent value prints that nothing flows; in JSON the value is null', async () => {
  expect((await run(['expression', 'eval', '[mail]'])).stdout).toBe('(nothing flows)\n');
  const { stdout } = await run(['expression', 'eval', '[mail]', '--json']);
  expect(JSON.parse(stdout)).toMatchObject({ outcome: 'done', value: null });
});

test('a repeated attribute is a list, one value a line', async () => {
  const { stdout } = await run(['expression', 'eval', '[p]', '-a', 'p=a', '-a', 'p=b=c']);
  expect(stdout).toBe('a\nb=c\n');
});

test('a redacted value is not printed', async () => {
  const { stdout } = await run(['expression', 'eval', 'Redact([p])', '-a', 'p=s3cret', '--json']);
  expect(stdout).not.toContain('s3cret');
  expect(JSON.parse(stdout)).toMatchObject({ value: '[Redact]', redacted: true });
});

test('an expression error exits 1 with code, line and column', async () => {
  const { code, stderr } = await run(['expression', 'eval', 'Join("-",\n  [a']);
  expect(code).toBe(1);
  expect(stderr).toMatch(/^EXPRESSION_SYNTAX: line 2, column \d+: /);
});

test('a wrong function name suggests the right one', async () => {
  const { code, stderr } = await run(['expression', 'eval', 'switch([a],,"b","c")']);
  expect(code).toBe(1);
  expect(stderr).toContain('Switch');
});

test('an attribute without = exits 2', async () => {
  expect((await run(['expression', 'eval', '[a]', '-a', 'a'])).code).toBe(2);
});
