/** The name of a variable taken apart. */
export interface VariablePath {
  /** `global`, `local`, `private`, `script`, or a drive as `env` or `using`, in lower case; `undefined` for a plain name. */
  readonly scope: string | undefined;
  /** Without the qualifier, in its written case; empty where nothing follows the colon. */
  readonly name: string;
}

const scopes = new Set(['global', 'local', 'private', 'script']);

/**
 * Takes apart `scope:name` and `drive:name`. A colon at the beginning is dropped; `variable:name` is the plain name.
 * @param path the whole name, without `$`, `@` and braces; not empty
 */
export function variablePath(path: string): VariablePath {
  const colon = path.indexOf(':');
  if (colon < 0) return { scope: undefined, name: path };
  const qualifier = path.slice(0, colon).toLowerCase();
  const name = path.slice(colon + 1);
  return { scope: qualifier === '' || qualifier === 'variable' ? undefined : qualifier, name };
}

/** Whether the qualifier is a drive (`env:`) and not a scope. */
export function isDriveQualified({ scope }: VariablePath): boolean {
  return scope !== undefined && !scopes.has(scope);
}
