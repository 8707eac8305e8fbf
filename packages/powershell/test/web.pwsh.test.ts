import { expect, test } from 'vitest';
import { recordedWebAnswers } from './web/recorded-answers.ts';
import { realWebAnswers } from './web/web-answers.ts';
import { webScripts } from './web/web-scripts.ts';

/* The recorded answers of scripts that talk to a server are those of the PowerShell that is installed here. */

const answers = await realWebAnswers();

test.each(webScripts.map((script, at) => [script, at] as const))('%s', (script, at) => {
  expect(answers[at]).toEqual(recordedWebAnswers.get(script));
});
