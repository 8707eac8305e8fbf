/** Repeats what does one step's worth of work. */
export function untilDone(step: () => { readonly done: boolean }): void {
  while (!step().done);
}
