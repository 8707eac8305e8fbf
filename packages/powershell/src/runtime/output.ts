import type { Value } from '../values/value.ts';

/** Where objects go: the next command of a pipeline, a variable being collected, a file, the caller. */
export interface Output {
  /** Takes one object, `null` included; AutomationNull is nothing and never arrives here. */
  write(value: Value): void;
}

/** Collects what is written: the value of a sub-expression or of the right side of an assignment. */
export class Collector implements Output {
  readonly items: Value[] = [];
  write(value: Value): void {
    this.items.push(value);
  }
}

export const nowhere: Output = { write() {} };
