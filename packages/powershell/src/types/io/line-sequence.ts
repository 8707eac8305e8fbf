import { Instance } from '../../values/instance.ts';
import { as } from '../../values/narrow.ts';
import { plainEnumerator } from '../collections/enumerator.ts';
import { namedType } from '../intrinsic.ts';
import type { NetType, TypeDescription } from '../net-type.ts';
import type { StreamReader } from './stream-reader.ts';

const name = 'System.IO.ReadLinesIterator';

/**
 * What `[IO.File]::ReadLines` answers. The file is open from then on until the lines come to their end, or the loop over them
 * is left; going over them again reads it again.
 */
export class LineSequence extends Instance {
  readonly #open: () => StreamReader;
  #first: StreamReader | undefined;

  /** Opens the file now, so that one that is missing throws at once. */
  constructor(open: () => StreamReader) {
    super();
    this.#open = open;
    this.#first = open();
  }
  get type(): NetType {
    return namedType(name);
  }

  *[Symbol.iterator](): Generator<string, void> {
    const reader = this.#first ?? this.#open();
    this.#first = undefined;
    try {
      for (let line = reader.line(); line !== undefined; line = reader.line()) yield line;
    } finally {
      reader.close();
    }
  }
}

export const lineSequenceDescription: TypeDescription = {
  name,
  kind: 'class',
  interfaces: ['System.Collections.Generic.IEnumerable`1[System.String]', 'System.Collections.IEnumerable'],
  enumerate: (value) => as(value, LineSequence),
  methods: {
    GetEnumerator: [
      {
        signature: 'System.Collections.Generic.IEnumerator[string] GetEnumerator()',
        invoke: (value) => plainEnumerator(() => as(value, LineSequence)[Symbol.iterator]()),
      },
    ],
  },
};
