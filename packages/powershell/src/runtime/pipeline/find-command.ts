import type { Command } from '../command.ts';
import type { Session } from '../session.ts';
import type { SessionState } from '../session-state.ts';

/** Resolves a command name as PowerShell does: alias (followed to its end), function, cmdlet, script file by path. */
export function findCommand(_session: Session, _name: string, _state: SessionState): Command | undefined {
  return undefined;
}
