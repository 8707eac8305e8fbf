import type { BerWriter } from '../ber-writer.ts';
import type { Filter } from '../filter.ts';

const sets = { and: 0xa0, or: 0xa1 } as const;
const comparisons = { equality: 0xa3, greaterOrEqual: 0xa5, lessOrEqual: 0xa6, approximate: 0xa8 } as const;

/** Writes a filter (RFC 4511 4.5.1.7). Values go as they are: text as UTF-8, octets as octets, descriptions with their options. */
export function writeFilter(writer: BerWriter, filter: Filter): void {
  switch (filter.kind) {
    case 'and':
    case 'or':
      writer.constructed(sets[filter.kind], () => {
        for (const member of filter.filters) writeFilter(writer, member);
      });
      return;
    case 'not':
      writer.constructed(0xa2, () => writeFilter(writer, filter.filter));
      return;
    case 'equality':
    case 'greaterOrEqual':
    case 'lessOrEqual':
    case 'approximate':
      writer.constructed(comparisons[filter.kind], () => {
        writer.octets(filter.attribute);
        writer.octets(filter.value);
      });
      return;
    case 'substrings':
      writer.constructed(0xa4, () => {
        writer.octets(filter.attribute);
        writer.sequence(() => {
          if (filter.initial !== undefined) writer.octets(filter.initial, 0x80);
          for (const part of filter.any) writer.octets(part, 0x81);
          if (filter.final !== undefined) writer.octets(filter.final, 0x82);
        });
      });
      return;
    case 'present':
      writer.octets(filter.attribute, 0x87);
      return;
    case 'extensible':
      writer.constructed(0xa9, () => {
        if (filter.rule !== undefined) writer.octets(filter.rule, 0x81);
        if (filter.attribute !== undefined) writer.octets(filter.attribute, 0x82);
        writer.octets(filter.value, 0x83);
        if (filter.dnAttributes) writer.boolean(true, 0x84);
      });
  }
}
