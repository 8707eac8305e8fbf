type Path = readonly (string | number)[];

/** The part of an answer that the path leads to, member by member; fails where nothing is there. */
export function at(answer: unknown, ...path: Path): unknown {
  const found = find(answer, path);
  if (found === undefined) throw new Error(`Nothing is at ${place(path)} of ${JSON.stringify(answer)}`);
  return found;
}

/** Fails where no string is there, as each of the following does for its own kind. */
export function textAt(answer: unknown, ...path: Path): string {
  const found = at(answer, ...path);
  if (typeof found !== 'string') throw another('text', path, answer);
  return found;
}

/** The text, or undefined where nothing is there. */
export function optionalTextAt(answer: unknown, ...path: Path): string | undefined {
  return find(answer, path) === undefined ? undefined : textAt(answer, ...path);
}

export function listAt(answer: unknown, ...path: Path): unknown[] {
  const found = at(answer, ...path);
  if (!Array.isArray(found)) throw another('list', path, answer);
  return found;
}

/** The object itself, no copy: what is set in it is set in the answer. */
export function objectAt(answer: unknown, ...path: Path): Record<string, unknown> {
  const found = at(answer, ...path);
  if (!hasMembers(found) || Array.isArray(found)) throw another('object', path, answer);
  return found;
}

function find(answer: unknown, path: Path): unknown {
  let found = answer;
  for (const part of path) {
    if (!hasMembers(found) || !Object.hasOwn(found, part)) return undefined;
    found = found[part];
  }
  return found;
}

function hasMembers(value: unknown): value is Record<string | number, unknown> {
  return typeof value === 'object' && value !== null;
}

function another(kind: string, path: Path, answer: unknown): Error {
  return new Error(`No ${kind} is at ${place(path)} of ${JSON.stringify(answer)}`);
}

function place(path: Path): string {
  return `/${path.join('/')}`;
}
