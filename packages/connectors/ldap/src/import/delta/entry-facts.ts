import { type AttributeValue, canonicalDn, dnKey } from '@joinery/connector';
import type { LdapContext } from '../../context.ts';
import { EntryDecoder } from '../../protocol/entry-decoder.ts';
import { describe } from '../attribute-description.ts';
import type { EntryPart, EntryPlan, Slot } from '../entry-plan.ts';
import { valueOfOctets, valueOfText } from '../values.ts';

/** What is told of an entry that need not be of a selected type. */
export interface Facts {
  readonly dn: string;
  /** The first value of an attribute of an object type; undefined where the entry has none. */
  value(part: EntryPart): AttributeValue | undefined;
  /** Values of one of the attributes asked for besides, by its name in lower case. */
  texts(name: string): readonly string[];
}

interface FactPlan {
  readonly form: 'text' | 'octets';
  readonly slot: Slot | undefined;
  readonly name: string;
}

/** Reads anchors of entries, whatever their type is, and some attributes besides. */
export class EntryFacts {
  readonly #decoder: EntryDecoder<FactPlan>;
  #values = new Map<Slot, AttributeValue>();
  #texts = new Map<string, readonly string[]>();
  readonly #sink = {
    text: ({ slot, name }: FactPlan, [first, ...more]: readonly string[]): void => {
      if (first === undefined) return;
      if (slot !== undefined) this.#values.set(slot, valueOfText(slot.form, first));
      this.#texts.set(name, [first, ...more]);
    },
    octets: ({ slot }: FactPlan, [first]: readonly Uint8Array[]): void => {
      if (slot !== undefined && first !== undefined) this.#values.set(slot, valueOfOctets(slot.form, first));
    },
  };

  /** @param names of further attributes, in lower case */
  constructor({ schema }: Pick<LdapContext, 'schema'>, plan: EntryPlan, names: readonly string[] = []) {
    const anchors = new Set(
      plan.types.flatMap(({ parts }) => parts.filter(({ isAnchor }) => isAnchor).map(({ from }) => from)),
    );
    this.#decoder = new EntryDecoder((description) => {
      const name = description.toLowerCase();
      const described = describe(plan, schema, description);
      const slot = described?.isPlain === true ? described.slot : undefined;
      const isAnchor = slot !== undefined && anchors.has(slot);
      if (!isAnchor && !names.includes(name)) return undefined;
      return { form: isAnchor ? (described?.form ?? 'text') : 'text', slot: isAnchor ? slot : undefined, name };
    });
  }

  /** @throws LDAP_PROTOCOL_INVALID */
  read(bytes: Buffer, start: number, end: number): Facts {
    const values = new Map<Slot, AttributeValue>();
    const texts = new Map<string, readonly string[]>();
    this.#values = values;
    this.#texts = texts;
    const written = this.#decoder.decode(bytes, start, end, this.#sink);
    const dn = canonicalDn(written) ?? written;
    return {
      dn,
      value: ({ from }) =>
        from === 'dn' ? (dnKey(dn) ?? dn) : typeof from === 'object' ? values.get(from) : undefined,
      texts: (name) => texts.get(name) ?? [],
    };
  }
}
