/**
 * The key under which ECMA names (types, attributes) are compared: without regard to case (ECMA sheet 2.3, keyed collections).
 * Attribute names are identifiers, so the simple mapping is enough; values are never compared by it.
 */
export function nameKey(name: string): string {
  return name.toLowerCase();
}

/** The item with this name, compared as {@link nameKey} says. */
export function byName<T extends { readonly name: string }>(items: readonly T[], name: string): T | undefined {
  const key = nameKey(name);
  return items.find((item) => nameKey(item.name) === key);
}
