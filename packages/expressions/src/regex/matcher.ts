import { wordCharacters } from './character-set.ts';
import type { Anchor } from './pattern-tree.ts';
import type { Instruction, Program } from './program.ts';
import type { StepBudget } from './step-budget.ts';

/** Where a match and its groups lie: `slots` as {@link Program.captures} says, -1 for a group that took no part. */
export interface MatchBounds {
  readonly start: number;
  readonly end: number;
  readonly slots: Int32Array;
}

/** Instructions run between two looks at the budget. */
const stepsAtOnce = 256;

/**
 * Runs a program over one text: backtracking as .NET does, so that the same alternative wins and the groups hold the same
 * text, but on a stack of its own and against a budget of steps.
 */
export class Matcher {
  readonly #program: Program;
  readonly #text: string;
  readonly #budget: StepBudget;
  readonly #slots: Int32Array;
  /** Pairs: (instruction, position) to go on from, or (-1 - slot, old content) to undo. */
  readonly #stack: number[] = [];
  #searchStart = 0;
  #position = 0;
  #steps = 0;

  constructor(program: Program, text: string, budget: StepBudget) {
    this.#program = program;
    this.#text = text;
    this.#budget = budget;
    this.#slots = new Int32Array(program.slots);
  }

  /**
   * The first match at or behind `from`.
   * @throws EXPRESSION_REGEX_TOO_COSTLY
   */
  search(from: number): MatchBounds | undefined {
    this.#searchStart = from;
    try {
      for (let start = from; start <= this.#text.length; start += isPair(this.#text, start) ? 2 : 1) {
        this.#slots.fill(-1);
        this.#stack.length = 0;
        if (this.#run(0, start)) return { start, end: this.#position, slots: this.#slots.slice() };
      }
      return undefined;
    } finally {
      this.#budget.spend(this.#steps);
      this.#steps = 0;
    }
  }

  /** Runs from an instruction to `done`; on success the position is behind the match. */
  #run(entry: number, start: number): boolean {
    const { instructions } = this.#program;
    const base = this.#stack.length;
    let address = entry;
    let position = start;
    for (;;) {
      if (++this.#steps === stepsAtOnce) {
        this.#steps = 0;
        this.#budget.spend(stepsAtOnce);
      }
      const instruction = instructions[address];
      if (instruction === undefined) return false;
      let passed = true;
      address++;
      switch (instruction.op) {
        case 'done':
          this.#position = position;
          return true;
        case 'character': {
          const at = instruction.backward ? before(this.#text, position) : position;
          const codePoint = at < 0 ? undefined : this.#text.codePointAt(at);
          passed = codePoint !== undefined && instruction.set.has(codePoint);
          position = instruction.backward ? at : position + ((codePoint ?? 0) > 0xffff ? 2 : 1);
          break;
        }
        case 'split':
          this.#stack.push(instruction.second, position);
          address = instruction.first;
          break;
        case 'jump':
          address = instruction.to;
          break;
        case 'save':
          this.#stack.push(-1 - instruction.slot, this.#slots[instruction.slot] ?? -1);
          this.#slots[instruction.slot] = position;
          break;
        case 'leaveIfEmpty':
          if (this.#slots[instruction.slot] === position) address = instruction.to;
          break;
        case 'anchor':
          passed = this.#holds(instruction.anchor, position);
          break;
        case 'look':
          passed = this.#look(address, position, instruction.negative);
          address = instruction.after;
          break;
        case 'reference': {
          const moved = this.#afterReference(instruction, position);
          passed = moved !== undefined;
          position = moved ?? position;
        }
      }
      if (!passed) {
        address = this.#backtrack(base);
        if (address === -1) return false;
        position = this.#position;
      }
    }
  }

  /** Undoes saves down to the last untried arm; answers its address and sets the position, or -1 when none is left above `base`. */
  #backtrack(base: number): number {
    while (this.#stack.length > base) {
      const content = this.#stack.pop() ?? -1;
      const entry = this.#stack.pop() ?? -1;
      if (entry >= 0) {
        this.#position = content;
        return entry;
      }
      this.#slots[-1 - entry] = content;
    }
    return -1;
  }

  /** A lookaround is tried once: its untried arms go, and its groups stay only when it was a positive one. */
  #look(entry: number, position: number, negative: boolean): boolean {
    const base = this.#stack.length;
    const found = this.#run(entry, position);
    if (found && negative) while (this.#backtrack(base) !== -1);
    if (found && !negative) {
      const tried = this.#stack.splice(base);
      for (let index = 0; index < tried.length; index += 2) {
        const entryOrSlot = tried[index] ?? 0;
        if (entryOrSlot < 0) this.#stack.push(entryOrSlot, tried[index + 1] ?? -1);
      }
    }
    return found !== negative;
  }

  #holds(anchor: Anchor, position: number): boolean {
    const text = this.#text;
    switch (anchor) {
      case 'textStart':
        return position === 0;
      case 'textEnd':
        return position === text.length;
      case 'textEndOrLastLineFeed':
        return position === text.length || (position === text.length - 1 && text[position] === '\n');
      case 'lineStart':
        return position === 0 || text[position - 1] === '\n';
      case 'lineEnd':
        return position === text.length || text[position] === '\n';
      case 'searchStart':
        return position === this.#searchStart;
      case 'wordBoundary':
        return this.#isWord(before(text, position)) !== this.#isWord(position);
      case 'noWordBoundary':
        return this.#isWord(before(text, position)) === this.#isWord(position);
    }
  }

  #isWord(position: number): boolean {
    const codePoint = position < 0 ? undefined : this.#text.codePointAt(position);
    return codePoint !== undefined && wordCharacters.has(codePoint);
  }

  /** The position behind the text of a group, or undefined when it does not stand here or the group took no part. */
  #afterReference(instruction: Extract<Instruction, { op: 'reference' }>, position: number): number | undefined {
    const start = this.#slots[instruction.capture * 2] ?? -1;
    const end = this.#slots[instruction.capture * 2 + 1] ?? -1;
    if (start < 0 || end < start) return undefined;
    const length = end - start;
    this.#budget.spend(Math.ceil(length / 16));
    const from = instruction.backward ? position - length : position;
    if (from < 0 || from + length > this.#text.length) return undefined;
    const expected = this.#text.slice(start, end);
    const found = this.#text.slice(from, from + length);
    const same = instruction.ignoreCase ? foldText(expected) === foldText(found) : expected === found;
    return same ? (instruction.backward ? from : from + length) : undefined;
  }
}

/** Start of the code point before a position; -1 at the start of the text. */
function before(text: string, position: number): number {
  return position >= 2 && isPair(text, position - 2) ? position - 2 : position - 1;
}

function isPair(text: string, position: number): boolean {
  return (text.codePointAt(position) ?? 0) > 0xffff;
}

function foldText(text: string): string {
  return text.toUpperCase().toLowerCase();
}
