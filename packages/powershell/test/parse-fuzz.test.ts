import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fuzzMs, mutated, prototypeIsClean, share } from '../../../testing/fuzz-runs.ts';
import { parse } from '../src/syntax/parse.ts';
import { type Node, visitChildren } from '../src/syntax/walk.ts';
import { parseVectors } from '../src/vectors/vector.ts';

const folder = new URL('./fixtures/vectors/', import.meta.url);
const scripts = readdirSync(folder).flatMap((name) =>
  parseVectors(readFileSync(new URL(name, folder), 'utf8')).map(({ script }) => script),
);

const pieces =
  '( ) { } [ ] $ @ " \' ` ; , | || && & . .. :: : ? ?? ?. ?[ = += ++ -- - ! # <# #> @( @{ $( ${ > 2>&1 *> @" "@ -eq -f'
    .split(' ')
    .concat([
      '\n',
      '\r\n',
      '\n"@\n',
      "@'\n",
      '[int]',
      '[ref]',
      '$x',
      '@x',
      '$using:x',
      '1kb',
      '0x',
      '.5',
      ' if ',
      ' else ',
      ' foreach ',
      ' in ',
      ' switch ',
      ' try ',
      ' catch ',
      ' function ',
      ' param(',
      ' process ',
      ' class ',
      ' enum ',
      ' return ',
      ' break ',
      ' -and ',
      '-foo:',
      '--%',
      ' data ',
      ' trap ',
      '\u2013',
      '\u201c',
      '\0',
      '\ud83d',
    ]);

/** Each node lies in the text, and what it holds lies in it. Empty blocks may stand anywhere. */
function checkExtents(node: Node, length: number): void {
  if (node.start < 0 || node.end < node.start || node.start > length) {
    throw new Error(`${node.kind} from ${node.start} to ${node.end} of ${length}`);
  }
  visitChildren(node, (child) => checkExtents(child, length));
}

test(
  'any text gets a tree and errors inside of it, the same ones each time; a text without errors has a whole tree',
  () => {
    fc.assert(
      fc.property(mutated(fc.constantFrom(...scripts), pieces), (text) => {
        const source = { text, file: undefined };
        const { ast, errors } = parse(source);
        for (const { start, end } of errors) {
          if (start < 0 || end < start || end > text.length + 3) throw new Error(`error from ${start} to ${end}`);
        }
        if (errors.length === 0) {
          checkExtents(ast, text.length);
          expect(JSON.stringify(ast, withoutSource)).not.toContain('errorExpression"');
        }
        expect(parse(source).errors).toEqual(errors);
        expect(prototypeIsClean()).toBe(true);
      }),
      share(0.1),
    );
  },
  fuzzMs,
);

function withoutSource(key: string, value: unknown): unknown {
  if (key === 'source') return undefined;
  return typeof value === 'bigint' ? String(value) : value;
}
