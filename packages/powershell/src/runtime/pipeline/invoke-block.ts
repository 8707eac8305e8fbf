import type { ScriptBlock } from '../../values/script-block.ts';
import type { RunOptions, Session } from '../session.ts';

/** Runs a script block: the body of `Session.run`. */
export function invokeBlock(_session: Session, _block: ScriptBlock, _options: RunOptions): void {}
