import {
  checkExpression,
  compileExpression,
  findingProblem,
  isList,
  parseExpression,
  printValue,
  type Value,
} from '@joinery/expressions';
import { problem } from '@joinery/problems';
import { systemClock, systemRandom } from '@joinery/runtime';
import { Command } from 'commander';
import type { ContextFor } from '../command-context.ts';

interface Words {
  readonly json?: boolean;
  readonly attribute: readonly string[];
  readonly defaultDomain?: string;
}

/** `joinery expression eval`: tries an attribute-mapping expression on values given as words. */
export function expressionEvalCommand(contextFor: ContextFor): Command {
  return new Command('eval')
    .argument('<expression>', 'the expression, as in a mapping')
    .option(
      '-a, --attribute <name=value>',
      'a source attribute; repeat the name for several values',
      (word: string, earlier: readonly string[]) => [...earlier, word],
      [],
    )
    .option('--default-domain <domain>', 'what DefaultDomain() answers')
    .option('--json', 'one JSON object a line')
    .description('Evaluate an attribute-mapping expression; warnings go to stderr.')
    .addHelpText(
      'after',
      '\nExample:\n  joinery expression eval \'Switch([IsSoftDeleted],, "False", "True", "True", "False")\' -a IsSoftDeleted=False',
    )
    .action((text: string, words: Words) => {
      const { output } = contextFor(words);
      const expression = parseExpression(text);
      for (const finding of checkExpression(expression)) {
        const found = findingProblem(finding);
        if (finding.severity === 'error') throw found;
        output.warn(`${found.code}: ${found.message} ${found.fix}`, { code: found.code });
      }
      const { value, redacted, dropped } = compileExpression(expression).evaluate(readAttributes(words.attribute), {
        clock: systemClock,
        random: systemRandom,
        ...(words.defaultDomain === undefined ? {} : { defaultDomain: words.defaultDomain }),
      });
      const printed = value === null ? null : isList(value) ? value.map(printValue) : printValue(value);
      const shown = redacted ? '[Redact]' : printed;
      const line = dropped || shown === null ? '(nothing flows)' : Array.isArray(shown) ? shown.join('\n') : shown;
      output.done(String(line), { value: shown, redacted, dropped });
    });
}

function readAttributes(words: readonly string[]): Map<string, Value> {
  const attributes = new Map<string, string[]>();
  for (const word of words) {
    const at = word.indexOf('=');
    if (at < 1) throw problem('CLI_USAGE', `"${word}" is not of the form name=value.`, { place: '--attribute' });
    const name = word.slice(0, at);
    attributes.set(name, [...(attributes.get(name) ?? []), word.slice(at + 1)]);
  }
  return new Map([...attributes].map(([name, values]) => [name, values.length === 1 ? (values[0] ?? null) : values]));
}
