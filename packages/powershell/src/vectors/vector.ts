/**
 * One conformance vector: a script, the folder it runs in, and what PowerShell 7.6 (Linux, UTC, invariant culture) made of it.
 * Files in this format hold an array of them.
 *
 * @property files laid out in an empty folder that is the working directory: relative path → text
 */
export interface Vector {
  readonly id: string;
  readonly script: string;
  readonly files?: Readonly<Record<string, string>>;
  readonly note?: string;
  readonly result: VectorResult;
}

export type VectorResult = RunResult | ParseResult;

/** `{cwd}` stands for the folder in every text. */
export interface RunResult {
  readonly output: readonly Dump[];
  /** Non-terminating errors, in order. */
  readonly errors: readonly ErrorDump[];
  readonly warnings: readonly string[];
  readonly verbose: readonly string[];
  readonly information: readonly string[];
  /** The error that ended the script. */
  readonly terminated: ErrorDump | null;
  /** What the folder holds afterwards: relative path → text. */
  readonly files: Readonly<Record<string, string>>;
}

export interface ParseResult {
  readonly parse: readonly ParseErrorDump[];
}

export interface ParseErrorDump {
  readonly id: string;
  readonly message: string;
  readonly line: number;
  readonly column: number;
}

export interface ErrorDump {
  /** `FullyQualifiedErrorId` */
  readonly id: string;
  readonly category: string;
  /** Full type name of the exception. */
  readonly type: string;
  readonly message: string;
  readonly line: number;
  readonly column: number;
}

/**
 * One value by type: `t` its .NET type, `v` what it holds (invariant text of numbers, items of lists, pairs of dictionaries
 * and of custom objects), `s` the text of what has no other form, `k` the kind of a date.
 */
export type Dump = null | {
  readonly t: string;
  readonly v?: string | boolean | readonly Dump[] | readonly (readonly [Dump | string, Dump | string])[];
  readonly s?: string;
  readonly k?: string;
};

/** Reads a file of vectors. Throws `TypeError` where it is not an array of objects with `id`, `script` and `result`. */
export function parseVectors(text: string): readonly Vector[] {
  const parsed: unknown = JSON.parse(text);
  if (!Array.isArray(parsed)) throw new TypeError('a file of vectors holds an array');
  return parsed.map((item: unknown, at) => {
    if (!isVector(item)) throw new TypeError(`item ${at} is not a vector: id, script and result are needed`);
    return item;
  });
}

function isVector(item: unknown): item is Vector {
  return (
    typeof item === 'object' &&
    item !== null &&
    'id' in item &&
    typeof item.id === 'string' &&
    'script' in item &&
    typeof item.script === 'string' &&
    'result' in item &&
    typeof item.result === 'object' &&
    item.result !== null &&
    ('parse' in item.result || 'output' in item.result)
  );
}
