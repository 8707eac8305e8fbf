/** What every node of the syntax tree carries: its extent, as offsets into the source (`end` exclusive). */
export interface Extent {
  readonly start: number;
  readonly end: number;
}
