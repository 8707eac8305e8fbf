import { inspect } from 'node:util';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  errorsPage,
  isProblem,
  type ProblemCode,
  problem,
  problemTable,
  toGraphError,
  toJsonError,
  toProblem,
  toScimError,
  toSentence,
} from '../src/index.ts';

const context = { requestId: 'r-1', date: new Date(Date.UTC(2026, 0, 1)) };
const leak = new Error('password=hunter2 at /home/joe');

function isCode(code: string): code is ProblemCode {
  return Object.hasOwn(problemTable, code);
}
const codes = Object.keys(problemTable).filter(isCode);

describe('one problem, four forms', () => {
  const found = problem('RUNTIME_SETTING_INVALID', 'The port is no number.', { place: 'host.yaml:3:7', cause: leak });

  test('a sentence for the terminal: code, place, what happened, what to do', () => {
    expect(toSentence(found)).toBe(
      'RUNTIME_SETTING_INVALID: host.yaml:3:7: The port is no number. Correct the value; the settings reference lists what each setting takes.',
    );
  });

  test('a SCIM error with the status as text (RFC 7644 3.12)', () => {
    expect(toScimError(problem('RUNTIME_TOKEN_WEAK', 'Too short.'))).toEqual({
      schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'],
      status: '400',
      scimType: 'invalidValue',
      detail: 'Too short.',
    });
  });

  test('a Graph error with the ids of the request and the date without zone', () => {
    expect(
      toGraphError(problem('RUNTIME_BODY_TOO_LARGE', 'Too large.'), { ...context, clientRequestId: 'c-1' }),
    ).toEqual({
      status: 413,
      body: {
        error: {
          code: 'RequestEntityTooLarge',
          message: 'Too large.',
          innerError: { date: '2026-01-01T00:00:00', 'request-id': 'r-1', 'client-request-id': 'c-1' },
        },
      },
    });
  });

  test('a Graph caller without an id of its own gets the request’s twice, as in the original', () => {
    const { body } = toGraphError(found, context);
    expect(body.error.innerError['client-request-id']).toBe('r-1');
  });

  test('a plain object for --json, without members that have no value', () => {
    expect(toJsonError(found)).toEqual({
      code: 'RUNTIME_SETTING_INVALID',
      message: 'The port is no number.',
      place: 'host.yaml:3:7',
      fix: 'Correct the value; the settings reference lists what each setting takes.',
      kind: 'invalid',
      retry: 'never',
    });
    expect(toJsonError(problem('RUNTIME_TOKEN_BUSY', 'x', { retryAfterSeconds: 2 }))).toMatchObject({
      retryAfterSeconds: 2,
    });
  });
});

describe('what a stranger may see', () => {
  test('no form of any problem shows its cause', () => {
    for (const code of codes) {
      const found = problem(code, 'What happened.', { cause: leak });
      const forms = [toSentence(found), toScimError(found), toGraphError(found, context), toJsonError(found)];
      expect(inspect(forms, { depth: 9 })).not.toContain('hunter2');
    }
  });

  test('an unknown fault becomes an internal one that says nothing of itself', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.anything()), (thrown) => {
        const found = toProblem(thrown);
        expect(found.code).toBe('RUNTIME_INTERNAL');
        expect(found.detail).toBe('Something unexpected went wrong.');
        expect(found.cause).toBe(thrown);
      }),
    );
  });

  test('over the network an internal fault shows its title alone, even when its detail says more', () => {
    const found = problem('RUNTIME_INTERNAL', 'hunter2', { place: '/home/joe' });
    const answers = JSON.stringify([toScimError(found), toGraphError(found, context)]);
    expect(answers).not.toMatch(/hunter2|joe/);
    expect(answers).toContain('An unexpected fault in Joinery.');
  });

  test('an abort is a cancellation, not a fault', () => {
    expect(toProblem(new DOMException('x', 'AbortError')).code).toBe('RUNTIME_CANCELLED');
    const found = problem('RUNTIME_DEADLINE', 'x');
    expect(toProblem(found)).toBe(found);
    expect(isProblem(found, 'RUNTIME_DEADLINE')).toBe(true);
    expect(isProblem(found, 'RUNTIME_INTERNAL')).toBe(false);
  });
});

describe('the Graph words', () => {
  test('every code of the table has a word that is one word, and its own status or that of its entry', () => {
    for (const code of codes) {
      const found = problem(code, 'x');
      const { status, body } = toGraphError(found, context);
      expect(body.error.code).toMatch(/^[A-Za-z_]+$/);
      expect(status).toBe(found.definition.graph?.status ?? found.status);
    }
  });
});

describe('the reference page', () => {
  test('has one line per code', () => {
    const lines = errorsPage()
      .split('\n')
      .filter((line) => line.startsWith('| `'));
    expect(lines.map((line) => /^\| `([A-Z0-9_]+)` \|/.exec(line)?.[1]).sort()).toEqual([...codes].sort());
  });
});
