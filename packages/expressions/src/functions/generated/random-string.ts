import type { Random } from '@joinery/runtime';
import { readInteger } from '../../values/number.ts';
import type { CheckedCall } from '../checked-call.ts';
import type { FunctionDefinition } from '../definition.ts';
import { randomIndex } from './random-index.ts';

const longest = 256;

/** The classes of characters by the parameter that asks for them; the special ones are Windows' password complexity list. */
const classes = [
  ['MinimumNumbers', '0123456789'],
  ['MinimumSpecialCharacters', '~!@#$%^&*_-+=`|\\(){}[]:;"\'<>,.?/'],
  ['MinimumCapital', 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'],
  ['MinimumLowerCase', 'abcdefghijklmnopqrstuvwxyz'],
] as const;

/**
 * `RandomString(10, 2, 2, 2, 1, "?,")`: at most 256 characters, at least so many of each class. What remains is filled from the
 * classes that were asked for; when none was, from digits and letters. (The original's fill is unverified; a class asked for
 * with 0 is one that the target may not take.)
 */
export const randomString: FunctionDefinition = {
  name: 'RandomString',
  summary: 'A random text with a minimum of each kind of character.',
  parameters: [
    { name: 'Length', type: 'Integer' },
    ...classes.map(([name]) => ({ name, type: 'Integer' as const })),
    { name: 'CharactersToAvoid', type: 'String', optional: true },
  ],
  result: 'String',
  volatile: true,
  check: checkLengths,
  bind(call) {
    const length = call.count('Length');
    const minimums = classes.map(([name]) => call.count(name));
    const avoid = call.text('CharactersToAvoid');
    return (scope) => {
      const avoided = new Set(avoid(scope) ?? '');
      const wanted = classes.map(([, characters], index) => ({
        least: minimums[index]?.(scope) ?? 0,
        characters: [...characters].filter((character) => !avoided.has(character)),
      }));
      const total = length(scope);
      const why = impossible(
        total,
        wanted.map(({ least }) => least),
      );
      if (why !== undefined) throw call.fault('EXPRESSION_VALUE_TYPE', why, 'Length');
      const asked = wanted.filter(({ least }) => least > 0);
      const fill = (asked.length > 0 ? asked : wanted.filter((_, index) => index !== 1)).flatMap(
        (each) => each.characters,
      );
      const { random } = scope.context;
      const picked = [
        ...asked.flatMap(({ least, characters }) => Array.from({ length: least }, () => pick(random, characters))),
        ...Array.from({ length: total - asked.reduce((sum, { least }) => sum + least, 0) }, () => pick(random, fill)),
      ];
      const characters = picked.filter((character) => character !== undefined);
      if (characters.length < total) {
        throw call.fault(
          'EXPRESSION_VALUE_TYPE',
          'Every character of a needed class is to be avoided.',
          'CharactersToAvoid',
        );
      }
      return shuffle(random, characters).join('');
    };
  },
};

function checkLengths(call: CheckedCall): void {
  const numbers = ['Length', ...classes.map(([name]) => name)].map((name) => readInteger(call.constant(name) ?? ''));
  const [length, ...minimums] = numbers.map((number) => (number === undefined ? undefined : Number(number)));
  if (length === undefined) return;
  const why = impossible(
    length,
    minimums.map((least) => least ?? 0),
  );
  if (why !== undefined) call.error('EXPRESSION_ARGUMENT_INVALID', why, 'Length');
}

function impossible(length: number, minimums: readonly number[]): string | undefined {
  if (length < 1 || length > longest) return `A random text has 1 to ${longest} characters, not ${length}.`;
  if (minimums.some((least) => least < 0)) return 'A minimum of characters is negative.';
  const sum = minimums.reduce((total, least) => total + least, 0);
  return sum > length ? `The minimums come to ${sum} characters, more than the length ${length}.` : undefined;
}

function pick(random: Random, characters: readonly string[]): string | undefined {
  return characters.length === 0 ? undefined : characters[randomIndex(random, characters.length)];
}

/** Draws without putting back: every order equally likely. */
function shuffle(random: Random, characters: readonly string[]): string[] {
  const pool = [...characters];
  const result: string[] = [];
  while (pool.length > 0) result.push(...pool.splice(randomIndex(random, pool.length), 1));
  return result;
}
