import type { Session } from '../../../runtime/session.ts';
import { typeNames } from '../../../types/type-names.ts';
import type { Value } from '../../../values/value.ts';
import type { Alignment } from './cells.ts';
import type { CustomPart } from './packets.ts';

/** What a column shows: a property, or what is made of the object. */
export type ViewValue = string | ((value: Value, session: Session) => Value);

export interface ViewColumn {
  /** The name of the property where left out. */
  readonly label?: string;
  readonly value: ViewValue;
  /** Up to the table where left out. */
  readonly width?: number;
  readonly alignment?: Alignment;
}

export interface ViewItem {
  readonly label?: string;
  readonly value: ViewValue;
}

/** Objects with the same key stand in one group. */
export interface ViewGroup {
  readonly key: ViewValue;
  /** What stands before the key's text, above the group. */
  readonly heading: string;
  /** The text of the key; as in a cell where left out. */
  readonly text?: (key: string) => string;
}

/** How objects of some types are shown: PowerShell's own views (`*_format_ps1xml`). */
export type View = {
  readonly name: string;
  readonly types: readonly string[];
  readonly groupBy?: ViewGroup;
  /** Shown by itself, whatever is being formatted around it. */
  readonly isOutOfBand?: boolean;
} & (
  | {
      readonly kind: 'table';
      readonly columns: readonly ViewColumn[];
      readonly wraps?: boolean;
      readonly autoSize?: boolean;
    }
  | { readonly kind: 'list'; readonly items: readonly ViewItem[] }
  | { readonly kind: 'wide'; readonly value: ViewValue; readonly text?: (value: Value, text: string) => string }
  | { readonly kind: 'custom'; readonly parts: (value: Value, session: Session) => readonly CustomPart[] }
);

/** The first view of a kind (any kind where left out) for the type nearest to that of the object. */
export function viewFor(views: readonly View[], value: Value, kind?: View['kind'], name?: string): View | undefined {
  const wanted = views.filter(
    (view) =>
      (kind === undefined || view.kind === kind) &&
      view.isOutOfBand !== true &&
      (name === undefined || view.name.toLowerCase() === name.toLowerCase()),
  );
  return nearest(wanted, value);
}

export function nearest(views: readonly View[], value: Value): View | undefined {
  for (const type of typeNames(value)) {
    const found = views.find((view) => applies(view, type));
    if (found !== undefined) return found;
  }
  return undefined;
}

/** True where a view is for objects of this type, or of one that it derives from. */
export function isFor(view: View, value: Value): boolean {
  return typeNames(value).some((type) => applies(view, type));
}

function applies({ types }: View, name: string): boolean {
  const folded = name.toLowerCase();
  return types.some((type) => type.toLowerCase() === folded);
}
