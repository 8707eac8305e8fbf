import { Completion, type Execute } from '../runtime/frame.ts';

/** `class` and `enum`: the type is there since the script began; the statement itself does nothing. */
export function compileTypeDefinition(): Execute {
  return () => Completion.normal;
}
