/** Letters that .NET keeps apart from their plain counterparts: dotted and dotless i, the long s. */
const apart = new Set([0x130, 0x131, 0x17f]);

let classes: Map<number, readonly number[]> | undefined;

/** The units that are the same letter as this one when case is ignored, itself among them. */
export function caseEquivalents(unit: number): readonly number[] {
  if (unit < 128) return asciiEquivalents(unit);
  classes ??= equivalenceClasses();
  return classes.get(unit) ?? [unit];
}

function asciiEquivalents(unit: number): readonly number[] {
  const lower = unit | 32;
  if (lower < 97 || lower > 122) return [unit];
  // The sign for Kelvin is a k.
  return lower === 107 ? [75, 107, 0x212a] : [lower - 32, lower];
}

function equivalenceClasses(): Map<number, readonly number[]> {
  const byFold = new Map<string, number[]>();
  for (let unit = 0; unit < 0x10000; unit++) {
    if ((unit >= 0xd800 && unit < 0xe000) || apart.has(unit)) continue;
    const text = String.fromCharCode(unit);
    const lower = text.toLowerCase();
    const upper = (lower.length === 1 ? lower : text).toUpperCase();
    const fold = upper.length === 1 ? upper : lower.length === 1 ? lower : text;
    const known = byFold.get(fold);
    if (known === undefined) byFold.set(fold, [unit]);
    else known.push(unit);
  }
  const found = new Map<number, readonly number[]>();
  for (const units of byFold.values()) if (units.length > 1) for (const unit of units) found.set(unit, units);
  return found;
}
