import { ColumnLayout } from '../../values/column-layout.ts';

/** Objects with more properties hold them each for itself. */
const widest = 64;
/** Documents whose objects are of more kinds hold the others each for itself. */
const mostShapes = 4096;

/** Where the value of a name goes, and what the object is like then. */
export interface Step {
  readonly name: string;
  readonly index: number;
  readonly shape: Shape;
  /** The name of the object that is the same but for its case. */
  readonly clash: string | undefined;
}

/**
 * What the objects of a document are like that have had the same names in the same order up to now. Each knows what came
 * next the last time, so that a name that comes again need not be read anew.
 */
export class Shape {
  readonly #names: readonly string[];
  readonly #steps = new Map<string, Step>();
  readonly #count: { shapes: number };
  #layout: ColumnLayout | undefined;
  /** The step taken last, where its name stands in a document as it is, without escapes. */
  expected: Step | undefined;

  constructor(names: readonly string[] = [], count = { shapes: 0 }) {
    this.#names = names;
    this.#count = count;
  }

  get layout(): ColumnLayout {
    this.#layout ??= new ColumnLayout(this.#names);
    return this.#layout;
  }

  /** The step for a name; `undefined` where the object is too wide, or of one kind too many. */
  step(name: string): Step | undefined {
    let step = this.#steps.get(name);
    if (step === undefined) {
      step = this.#make(name);
      if (step === undefined) return undefined;
      this.#steps.set(name, step);
    }
    this.expected = /["\\]/.test(name) ? undefined : step;
    return step;
  }

  #make(name: string): Step | undefined {
    const names = this.#names;
    const folded = name.toLowerCase();
    const known = names.findIndex((one) => one.toLowerCase() === folded);
    const clash = known < 0 || names[known] === name ? undefined : names[known];
    if (known < 0 && names.length >= widest) return undefined;
    if (this.#count.shapes >= mostShapes) return undefined;
    this.#count.shapes++;
    if (known >= 0) return { name, index: known, shape: this, clash };
    return { name, index: names.length, shape: new Shape([...names, name], this.#count), clash };
  }
}
