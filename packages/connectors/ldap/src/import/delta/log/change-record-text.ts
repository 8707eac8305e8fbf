/**
 * The LDIF in a change log's `changes` (draft-good-ldap-changelog-04; RFC 2849), as far as servers write it (LDAP sheet 4.7): lines with
 * values as text or base64, folded or not, ended by a NUL that 389 sends along.
 */
export interface LdifLine {
  /** With options, as written. */
  readonly name: string;
  /** The value's octets; none for `replace:` and what else has nothing behind its colon. */
  readonly value: Uint8Array;
}

/** What a `modify` does to one attribute. */
export interface LdifChange {
  readonly operation: 'add' | 'delete' | 'replace' | 'increment';
  readonly attribute: string;
  /** Empty: the attribute is removed as a whole. The word of the operation is never one of them (behaviour L37). */
  readonly values: readonly Uint8Array[];
}

const NUL = 0;
const LINE_FEED = 0x0a;
const RETURN = 0x0d;
const BLANK = 0x20;
const COLON = 0x3a;
const LESS_THAN = 0x3c;
const SEPARATOR = '-';
const operations: ReadonlySet<string> = new Set<LdifChange['operation']>(['add', 'delete', 'replace', 'increment']);

/** The lines of a body of LDIF; `-` alone is a line without a value. Comments, and lines that are none, are left out. */
export function readLdifLines(octets: Uint8Array): readonly LdifLine[] {
  return unfolded(octets).flatMap((line) => readLine(line) ?? []);
}

/** The changes of a `modify`. What is not written as one is left out. */
export function readLdifChanges(octets: Uint8Array): readonly LdifChange[] {
  const changes: LdifChange[] = [];
  let open:
    | { readonly operation: LdifChange['operation']; readonly attribute: string; readonly values: Uint8Array[] }
    | undefined;
  for (const { name, value } of readLdifLines(octets)) {
    if (name === SEPARATOR) {
      open = undefined;
    } else if (open === undefined) {
      const operation = name.toLowerCase();
      const attribute = Buffer.from(value).toString('utf8').trim();
      if (!isOperation(operation) || attribute === '') continue;
      open = { operation, attribute, values: [] };
      changes.push(open);
    } else {
      open.values.push(value);
    }
  }
  return changes;
}

/** A line that begins with a blank goes on with the one before (RFC 2849 note 2). */
function unfolded(octets: Uint8Array): readonly Uint8Array[] {
  let end = octets.length;
  while (end > 0 && octets[end - 1] === NUL) end -= 1;
  const lines: Uint8Array[][] = [];
  for (let start = 0; start < end; ) {
    const feed = octets.indexOf(LINE_FEED, start);
    const next = feed === -1 || feed >= end ? end : feed;
    const lineEnd = next > start && octets[next - 1] === RETURN ? next - 1 : next;
    const last = lines.at(-1);
    if (octets[start] === BLANK && last !== undefined) last.push(octets.subarray(start + 1, lineEnd));
    else lines.push([octets.subarray(start, lineEnd)]);
    start = next + 1;
  }
  return lines.map((parts) => Buffer.concat(parts));
}

function readLine(line: Uint8Array): LdifLine | undefined {
  if (line.length === 1 && line[0] === SEPARATOR.charCodeAt(0)) return { name: SEPARATOR, value: new Uint8Array() };
  const colon = line.indexOf(COLON);
  if (colon < 1) return undefined;
  const name = Buffer.from(line.subarray(0, colon)).toString('utf8').trim();
  if (!/^[A-Za-z0-9][A-Za-z0-9.;-]*$/.test(name)) return undefined;
  const kind = line[colon + 1];
  const rest = line.subarray(kind === COLON || kind === LESS_THAN ? colon + 2 : colon + 1);
  const from = rest.findIndex((octet) => octet !== BLANK);
  const value = from === -1 ? rest.subarray(rest.length) : rest.subarray(from);
  // No server puts the address of a file into its log, and nobody would fetch it.
  if (kind === LESS_THAN) return undefined;
  return {
    name,
    value: kind === COLON ? Buffer.from(Buffer.from(value).toString('latin1'), 'base64') : Uint8Array.from(value),
  };
}

function isOperation(word: string): word is LdifChange['operation'] {
  return operations.has(word);
}
