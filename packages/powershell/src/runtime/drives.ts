import { baseOf } from '../conversion/base.ts';
import { toText } from '../conversion/text.ts';
import { runtimeError } from '../errors/raise.ts';
import { ScriptBlock } from '../values/script-block.ts';
import type { Value } from '../values/value.ts';
import { AliasCommand, FunctionCommand } from './command.ts';
import type { Scope } from './scope.ts';
import type { Session } from './session.ts';
import { setVariable } from './variable-access.ts';

/** A drive that a variable may be qualified with: `$env:PATH`, `${function:f}`. */
interface Drive {
  read(session: Session, scope: Scope, name: string): Value;
  write(session: Session, scope: Scope, name: string, value: Value): void;
}

const environment: Drive = {
  read: (session, _scope, name) => session.world.environment.get(name) ?? null,
  write(session, _scope, name, value) {
    if (value === null || value === undefined) session.world.environment.delete(name);
    else session.world.environment.set(name, toText(value, session));
  },
};

const variables: Drive = {
  read: (_session, scope, name) => scope.find(name.toLowerCase())?.value ?? null,
  write: (session, scope, name, value) => void setVariable(session, scope, name, value),
};

const functions: Drive = {
  read(_session, scope, name) {
    const folded = name.toLowerCase();
    for (let one: Scope | undefined = scope; one !== undefined; one = one.parent) {
      const command = one.functions?.get(folded);
      if (command !== undefined) return command.block;
    }
    return null;
  },
  write(session, scope, name, written) {
    const value = baseOf(written);
    scope.functions ??= new Map();
    if (value === null || value === undefined) {
      for (let one: Scope | undefined = scope; one !== undefined; one = one.parent) {
        if (one.functions?.delete(name.toLowerCase()) === true) return;
      }
      return;
    }
    const block = value instanceof ScriptBlock ? value : session.parseBlock(toText(value, session), scope.state);
    const known = scope.functions.get(name.toLowerCase());
    scope.functions.set(
      name.toLowerCase(),
      new FunctionCommand(known?.name ?? name, block, {
        isFilter: block.isFilter,
        ...(scope.state.module === undefined ? {} : { module: scope.state.module }),
      }),
    );
  },
};

const aliases: Drive = {
  read(_session, scope, name) {
    const folded = name.toLowerCase();
    for (let one: Scope | undefined = scope; one !== undefined; one = one.parent) {
      const command = one.aliases?.get(folded);
      if (command !== undefined) return command.definition;
    }
    return null;
  },
  write(session, scope, name, value) {
    scope.aliases ??= new Map();
    if (value === null || value === undefined) scope.aliases.delete(name.toLowerCase());
    else scope.aliases.set(name.toLowerCase(), new AliasCommand(name, toText(value, session)));
  },
};

const drives = new Map<string, Drive>([
  ['env', environment],
  ['variable', variables],
  ['function', functions],
  ['alias', aliases],
]);

/** Reads `$drive:name`; null where there is no such drive. */
export function readDrive(session: Session, scope: Scope, drive: string, name: string): Value {
  return drives.get(drive)?.read(session, scope, name) ?? null;
}

/** Sets `$drive:name`; null removes. Throws `Thrown` (`DriveNotFound`). */
export function writeDrive(session: Session, scope: Scope, drive: string, name: string, value: Value): void {
  const found = drives.get(drive);
  if (found === undefined) {
    throw runtimeError('DriveNotFound', `Cannot find drive. A drive with the name '${drive}' does not exist.`, {
      type: 'System.Management.Automation.DriveNotFoundException',
      category: 'ObjectNotFound',
      target: drive,
    });
  }
  found.write(session, scope, name, value);
}
