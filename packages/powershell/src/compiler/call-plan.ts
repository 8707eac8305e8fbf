import { AmbiguousName, bindableTable } from '../binding/bindable.ts';
import type { FunctionSignature } from '../binding/function-parameters.ts';
import type { Word } from './command.ts';

/** Which word of a call site goes to which parameter of a simple function. Worked out once per site and function. */
export interface CallPlan {
  /** By parameter: the index of the word with its value, -1 for the default. */
  readonly wordOf: readonly number[];
  /** Parameters in the order of binding: names first, then positions. */
  readonly order: readonly number[];
}

/**
 * Plans a call of a function that has nothing but an `end` block and simple parameters. `undefined` where the general way
 * has to decide: an unknown or repeated name, a name without its value, more arguments than parameters.
 */
export function planCall(signature: FunctionSignature, words: readonly Word[]): CallPlan | undefined {
  if (!isDirect(signature)) return undefined;
  const { parameters, table } = signature;
  const bindable = bindableTable(table);
  const wordOf = new Array<number>(parameters.length).fill(-1);
  const order: number[] = [];
  const positional: number[] = [];
  const give = (parameter: number, word: number): boolean => {
    if (wordOf[parameter] !== -1) return false;
    wordOf[parameter] = word;
    order.push(parameter);
    return true;
  };
  for (let index = 0; index < words.length; index++) {
    const word = words[index];
    if (word?.name === undefined) {
      positional.push(index);
      continue;
    }
    const found = bindable.match(word.name);
    if (found === undefined || found instanceof AmbiguousName) return undefined;
    const parameter = parameters.findIndex((one) => one.name === found.name);
    if (word.evaluate === undefined && !found.declaration.isSwitch) {
      const next = words[index + 1];
      if (next === undefined || next.name !== undefined) return undefined;
      index++;
    }
    if (parameter === -1 || !give(parameter, index)) return undefined;
  }
  const open = parameters.flatMap((one, index) => (one.isSwitch || wordOf[index] !== -1 ? [] : [index]));
  if (positional.length > open.length) return undefined;
  for (const [index, word] of positional.entries()) give(open[index] ?? -1, word);
  return { wordOf, order };
}

function isDirect({ isSimple, compiled }: FunctionSignature): boolean {
  const { begin, process, clean, dynamicParam } = compiled;
  return isSimple && begin === undefined && process === undefined && clean === undefined && dynamicParam === undefined;
}
