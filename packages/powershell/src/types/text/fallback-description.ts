import { netFailure } from '../../errors/raise.ts';
import { Instance } from '../../values/instance.ts';
import { as, text } from '../../values/narrow.ts';
import type { Value } from '../../values/value.ts';
import { namedType } from '../intrinsic.ts';
import type { NetType, TypeDescription } from '../net-type.ts';
import {
  DecoderFallback,
  decoderReplaces,
  decoderThrows,
  EncoderFallback,
  encoderThrows,
  questionMark,
} from './fallback.ts';

const encoder = (value: Value): EncoderFallback => as(value, EncoderFallback);
const decoder = (value: Value): DecoderFallback => as(value, DecoderFallback);

/** The provider of code pages; they are there without it. */
class CodePagesProvider extends Instance {
  get type(): NetType {
    return namedType('System.Text.CodePagesEncodingProvider');
  }
}

const codePages = new CodePagesProvider();

function replacement(value: Value): string {
  if (value !== null && value !== undefined) return text(value);
  throw netFailure('System.ArgumentNullException', 'Value cannot be null.', { parameter: 'replacement' });
}

function kinds(
  side: 'Encoder' | 'Decoder',
  shared: readonly [replaces: Value, throws: Value],
  make: (kind: 'replace' | 'throw', replacement?: string) => Value,
  read: (value: Value) => string,
): readonly TypeDescription[] {
  const base = `System.Text.${side}Fallback`;
  const [replaces, throws] = shared;
  const own = (kind: string): string => `System.Text.${side}${kind}Fallback`;
  return [
    {
      name: base,
      kind: 'class',
      isAbstract: true,
      staticProperties: {
        ExceptionFallback: { type: base, get: () => throws },
        ReplacementFallback: { type: base, get: () => replaces },
      },
    },
    {
      name: own('Replacement'),
      kind: 'class',
      base,
      constructors: [
        { signature: `${own('Replacement')} new()`, invoke: () => make('replace') },
        {
          signature: `${own('Replacement')} new(string replacement)`,
          invoke: (_self, [value]) => make('replace', replacement(value)),
        },
      ],
      properties: {
        DefaultString: { type: 'string', get: read },
        MaxCharCount: { type: 'int', get: (value) => read(value).length },
      },
    },
    {
      name: own('Exception'),
      kind: 'class',
      base,
      constructors: [{ signature: `${own('Exception')} new()`, invoke: () => make('throw') }],
      properties: { MaxCharCount: { type: 'int', get: () => 0 } },
    },
    { name: `System.Text.Internal${side}BestFitFallback`, kind: 'class', base },
  ];
}

export const fallbackDescriptions: readonly TypeDescription[] = [
  ...kinds(
    'Encoder',
    [questionMark, encoderThrows],
    (kind, instead) => new EncoderFallback(kind, instead),
    (value) => encoder(value).replacement,
  ),
  ...kinds(
    'Decoder',
    [decoderReplaces, decoderThrows],
    (kind, instead) => new DecoderFallback(kind, instead),
    (value) => decoder(value).replacement,
  ),
  { name: 'System.Text.EncodingProvider', kind: 'class', isAbstract: true },
  {
    name: 'System.Text.CodePagesEncodingProvider',
    kind: 'class',
    base: 'System.Text.EncodingProvider',
    staticProperties: { Instance: { type: 'System.Text.EncodingProvider', get: () => codePages } },
  },
];
