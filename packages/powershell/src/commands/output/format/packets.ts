import { namedType } from '../../../types/intrinsic.ts';
import type { NetType } from '../../../types/net-type.ts';
import { Instance } from '../../../values/instance.ts';
import type { Alignment } from './cells.ts';

/*
 * What `Format-Table` and its kind write: a description of the output, which `Out-String` and its kind make lines of. A
 * start, groups of entries, an end.
 */

const space = 'Microsoft.PowerShell.Commands.Internal.Format';

/** One column of a table. `width` 0 is up to the table. */
export interface Column {
  readonly label: string;
  readonly width: number;
  readonly alignment: Alignment;
}

/** The shape of what follows. */
export type Shape =
  | {
      readonly kind: 'table';
      readonly columns: readonly Column[];
      readonly hideHeader: boolean;
      readonly repeatHeader: boolean;
    }
  | { readonly kind: 'list' }
  | { readonly kind: 'wide'; readonly columns: number }
  | { readonly kind: 'custom' };

/** Text, line ends and indented parts of a custom view. */
export type CustomPart =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'line' }
  | { readonly kind: 'frame'; readonly left: number; readonly parts: readonly CustomPart[] };

export interface Field {
  readonly label: string;
  readonly text: string;
}

/** One object of the output. */
export type Entry =
  | {
      readonly kind: 'row';
      readonly cells: readonly string[];
      readonly alignments?: readonly (Alignment | undefined)[];
      readonly isMultiLine: boolean;
    }
  | { readonly kind: 'fields'; readonly fields: readonly Field[] }
  | { readonly kind: 'wide'; readonly text: string }
  | { readonly kind: 'custom'; readonly parts: readonly CustomPart[] }
  | { readonly kind: 'raw'; readonly text: string };

export abstract class FormatPacket extends Instance {}

export class FormatStart extends FormatPacket {
  readonly shape: Shape;
  readonly autoSize: boolean;
  constructor(shape: Shape, autoSize: boolean) {
    super();
    this.shape = shape;
    this.autoSize = autoSize;
  }
  get type(): NetType {
    return namedType(`${space}.FormatStartData`);
  }
}

export class GroupStart extends FormatPacket {
  /** What stands above the group; `undefined` where there is nothing. */
  readonly heading: readonly CustomPart[] | undefined;
  constructor(heading?: readonly CustomPart[]) {
    super();
    this.heading = heading;
  }
  get type(): NetType {
    return namedType(`${space}.GroupStartData`);
  }
}

export class FormatEntry extends FormatPacket {
  readonly entry: Entry;
  /** Shown as it is, inside or outside of what is being formatted. */
  readonly isOutOfBand: boolean;
  constructor(entry: Entry, isOutOfBand = false) {
    super();
    this.entry = entry;
    this.isOutOfBand = isOutOfBand;
  }
  get type(): NetType {
    return namedType(`${space}.FormatEntryData`);
  }
}

export class GroupEnd extends FormatPacket {
  get type(): NetType {
    return namedType(`${space}.GroupEndData`);
  }
}

export class FormatEnd extends FormatPacket {
  get type(): NetType {
    return namedType(`${space}.FormatEndData`);
  }
}
