import { dataValue, NotData } from '../modules/data-values.ts';
import type { Session } from '../runtime/session.ts';
import { parse } from '../syntax/parse.ts';
import type { Source } from '../syntax/source.ts';
import { NetArray } from '../values/array.ts';
import { Dictionary } from '../values/dictionary.ts';
import { ScriptBlock } from '../values/script-block.ts';
import type { Value } from '../values/value.ts';
import { dataLimits } from './allowed.ts';
import { checkDataFile, unsafeNode } from './data-zone.ts';
import { type Refusal, refusal } from './refusal.ts';

/**
 * A mapping file that is allowed.
 * @property value its hashtable, with the script blocks in it
 * @property blocks those blocks, in the order in which they stand in it; unlike `Import-PowerShellDataFile` gives them,
 *   not one in another
 */
export interface ReadMapping {
  readonly value: Value;
  readonly blocks: readonly ScriptBlock[];
}

/** Reads a mapping file: what it maps to, or everything for which it is refused. */
export function readMapping(source: Source, session: Session): ReadMapping | readonly Refusal[] {
  if (Buffer.byteLength(source.text) > dataLimits.bytes) {
    return [refusal('PSD005', 'data file limit exceeded: 1 MiB of text', source, 0)];
  }
  const { ast, errors } = parse(source);
  const { hashtable, refusals } = checkDataFile(source, ast, errors);
  if (hashtable === undefined || refusals.length > 0) return refusals;
  try {
    const value = dataValue(hashtable, session, {
      limits: dataLimits,
      block: ({ body, start, end }) =>
        new ScriptBlock(body, source.text.slice(start + 1, end - 1), { state: session.global }),
    });
    return { value, blocks: blocksIn(value) };
  } catch (error) {
    if (!(error instanceof NotData)) throw error;
    return [unsafeNode(source, error.node)];
  }
}

/** The blocks of a value, in the order in which its parts cross to the host program. */
function blocksIn(value: Value): readonly ScriptBlock[] {
  if (value instanceof ScriptBlock) return [value];
  if (value instanceof NetArray) return value.items.flatMap(blocksIn);
  return value instanceof Dictionary ? [...value.items()].flatMap((item) => blocksIn(item.value)) : [];
}
