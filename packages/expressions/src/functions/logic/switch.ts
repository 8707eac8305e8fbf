import type { Evaluator } from '../../evaluation/context.ts';
import { printValue } from '../../values/print.ts';
import { toItems, type Value } from '../../values/value.ts';
import { constantText } from '../arguments.ts';
import type { FunctionDefinition } from '../definition.ts';

/**
 * `Switch([IsSoftDeleted], , "False", "True", "True", "False")`: the value behind the first key that equals the source,
 * else the default. Keys are case-sensitive; a null source equals the key `""` (vectors T3, T7); without a hit and a
 * default the result is null.
 */
export const switchFunction: FunctionDefinition = {
  name: 'Switch',
  summary: 'One of several values, chosen by the value of the source.',
  parameters: [
    { name: 'source', type: 'String' },
    { name: 'defaultValue', type: 'Any', optional: true },
    { name: 'switchValue', type: 'Any', repeating: 2 },
  ],
  result: 'Any',
  check(call) {
    const given = call.repeated('switchValue');
    if (given.length % 2 !== 0) {
      call.error(
        'EXPRESSION_ARGUMENT_COUNT',
        `Switch takes keys and values in pairs behind the default; ${given.length} arguments stand there.`,
        undefined,
        'Add the missing key or value. A default that is left out still needs its comma: Switch([x], , "key", "value").',
      );
    }
    if (given.includes(undefined)) {
      call.error(
        'EXPRESSION_ARGUMENT_COUNT',
        'A key or value of Switch is empty.',
        undefined,
        'Write "" for an empty text.',
      );
    }
    const keys = given.filter((_, index) => index % 2 === 0).map(constantText);
    const twice = keys.find((key, index) => key !== undefined && keys.indexOf(key) < index);
    if (twice !== undefined) {
      call.warning(
        'EXPRESSION_ARGUMENT_INVALID',
        `The key ${JSON.stringify(twice)} occurs twice; only the first one counts.`,
      );
    }
  },
  bind(call) {
    const source = call.text('source');
    const fallback = call.value('defaultValue');
    const given = call.values('switchValue');
    const constants = call.repeated('switchValue').map(constantText);
    const cases: Case[] = [];
    for (let index = 0; index + 1 < given.length; index += 2) {
      const [key, value] = [given[index], given[index + 1]];
      if (key !== undefined && value !== undefined) cases.push({ key, constant: constants[index], value });
    }
    const known = tableOf(cases);
    if (known !== undefined) return (scope) => (known.get(source(scope) ?? '') ?? fallback)(scope);
    return (scope) => {
      const text = source(scope) ?? '';
      const hit = cases.find((each) => keyText(each.key(scope)) === text);
      return (hit?.value ?? fallback)(scope);
    };
  },
};

interface Case {
  readonly key: Evaluator;
  readonly constant: string | undefined;
  readonly value: Evaluator;
}

/** Constant keys, as nearly all are, make a table: a Switch over hundreds of departments costs one look-up. */
function tableOf(cases: readonly Case[]): ReadonlyMap<string, Evaluator> | undefined {
  const table = new Map<string, Evaluator>();
  for (const { constant, value } of cases) {
    if (constant === undefined) return undefined;
    if (!table.has(constant)) table.set(constant, value);
  }
  return table;
}

function keyText(key: Value): string | undefined {
  const items = toItems(key);
  const [only] = items;
  if (only === undefined) return '';
  return items.length === 1 ? printValue(only) : undefined;
}
