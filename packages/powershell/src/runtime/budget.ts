/**
 * What a run may use. Compiled loops, calls and growing values ask it; the parent process watches time and memory from
 * outside as well, for what never asks (one long regex match).
 */
export interface Budget {
  /** Called at each turn of a loop and each call: cheap, looks at the clock only now and then. Throws when time is up or the run was cancelled. */
  step(): void;
  /** Looks at the clock, the memory and for a cancellation now: for what waits, or does much in one step. Throws like `step`. */
  look(): void;
  /** Depth of calls, counted by whoever runs a block. Throws `CallDepthOverflow` as PowerShell does. */
  enter(): void;
  leave(): void;
  /** A text, array or other value of this many bytes is about to be made. Throws when it is over the limit. */
  reserve(bytes: number): void;
  /** Objects and bytes written to the caller, and to files. */
  emit(bytes: number): void;
}
