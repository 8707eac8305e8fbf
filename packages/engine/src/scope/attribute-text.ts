import { printValue, toItems, type Value } from '@joinery/expressions';

/** The values of an attribute as texts, none for null: scoping compares text (engine sheet 7.2), booleans print as `True`/`False` (21.2). */
export function attributeTexts(value: Value | undefined): readonly string[] {
  return toItems(value ?? null).map(printValue);
}
