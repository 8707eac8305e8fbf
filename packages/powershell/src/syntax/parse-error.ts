/** One thing that keeps a script from parsing, in PowerShell's own words. */
export interface ParseError {
  /** PowerShell's id, for example `MissingEndCurlyBrace`. */
  readonly id: string;
  readonly message: string;
  /** Where it is, as offsets into the source. */
  readonly start: number;
  readonly end: number;
}
