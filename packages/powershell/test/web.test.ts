import { expect, test } from 'vitest';
import { recordedWebAnswers } from './web/recorded-answers.ts';
import { engineWebAnswers } from './web/web-answers.ts';
import { webScripts } from './web/web-scripts.ts';

/* Scripts that talk to a server of their own: requests as it gets them, and what becomes of its answers. */

const answers = await engineWebAnswers();

test.each(webScripts.map((script, at) => [script, at] as const))('%s', (script, at) => {
  expect(answers[at]).toEqual(recordedWebAnswers.get(script));
});
