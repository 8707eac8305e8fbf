import { netFailure } from '../../errors/raise.ts';
import { Instance } from '../../values/instance.ts';
import { Char } from '../../values/numbers.ts';
import { toByteArray } from '../byte-array.ts';
import { namedType } from '../intrinsic.ts';
import type { NetType } from '../net-type.ts';

/** What an encoding does with what it cannot write or read. */
type Kind = 'replace' | 'throw' | 'best fit';

/** `System.Text.EncoderFallback` and its kinds. */
export class EncoderFallback extends Instance {
  readonly kind: Kind;
  readonly replacement: string;
  constructor(kind: Kind, replacement = '?') {
    super();
    this.kind = kind;
    this.replacement = replacement;
  }
  get type(): NetType {
    return namedType(`System.Text.${encoderTypes[this.kind]}`);
  }

  /**
   * What stands in for a character (or half of one) at an index of a text.
   * @throws NetFailure EncoderFallbackException
   */
  instead(character: string, index: number): string {
    if (this.kind !== 'throw') return character.length === 2 ? this.replacement.repeat(2) : this.replacement;
    const code = character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0');
    const low = character.charCodeAt(1).toString(16).toUpperCase().padStart(4, '0');
    const shown = character.length === 1 ? `\\\\u${code}` : `\\\\u${code}\\\\u${low}`;
    throw netFailure(
      'System.Text.EncoderFallbackException',
      `Unable to translate Unicode character ${shown} at index ${index} to specified code page.`,
      { details: { Index: index, CharUnknown: Char.of(character.length === 1 ? character.charCodeAt(0) : 0) } },
    );
  }
}

/** `System.Text.DecoderFallback` and its kinds. */
export class DecoderFallback extends Instance {
  readonly kind: Kind;
  readonly replacement: string;
  constructor(kind: Kind, replacement = '?') {
    super();
    this.kind = kind;
    this.replacement = replacement;
  }
  get type(): NetType {
    return namedType(`System.Text.${decoderTypes[this.kind]}`);
  }

  /**
   * What stands in for bytes that mean nothing.
   * @throws NetFailure DecoderFallbackException
   */
  instead(bytes: Uint8Array, index: number): string {
    if (this.kind !== 'throw') return this.replacement;
    const shown = Array.from(bytes.subarray(0, 20), (byte) => `[${byte.toString(16).toUpperCase().padStart(2, '0')}]`);
    throw netFailure(
      'System.Text.DecoderFallbackException',
      `Unable to translate bytes ${shown.join('')} at index ${index} from specified code page to Unicode.`,
      { details: { Index: index, BytesUnknown: toByteArray(bytes) } },
    );
  }
}

const encoderTypes = {
  replace: 'EncoderReplacementFallback',
  throw: 'EncoderExceptionFallback',
  'best fit': 'InternalEncoderBestFitFallback',
} as const;

const decoderTypes = {
  replace: 'DecoderReplacementFallback',
  throw: 'DecoderExceptionFallback',
  'best fit': 'InternalDecoderBestFitFallback',
} as const;

export const questionMark = new EncoderFallback('replace');
export const replacementSign = new EncoderFallback('replace', '\ufffd');
export const encoderThrows = new EncoderFallback('throw');
export const encoderBestFit = new EncoderFallback('best fit');
export const decoderReplaces = new DecoderFallback('replace');
export const decoderThrows = new DecoderFallback('throw');
export const decoderBestFit = new DecoderFallback('best fit');
/** That of the kinds of Unicode. */
export const decoderMarks = new DecoderFallback('replace', '\ufffd');
