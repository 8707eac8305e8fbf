import { problem } from '@joinery/problems';
import type { CharacterSet } from './character-set.ts';
import type { Anchor, Pattern, PatternNode } from './pattern-tree.ts';

/** One instruction of a compiled pattern; addresses index {@link Program.instructions}. */
export type Instruction =
  | { readonly op: 'character'; readonly set: CharacterSet; readonly backward: boolean }
  /** Goes to `first` and, when that fails, to `second`. */
  | { op: 'split'; first: number; second: number }
  | { op: 'jump'; to: number }
  /** Remembers the position in a slot: bounds of groups, starts of iterations. */
  | { readonly op: 'save'; readonly slot: number }
  /** Leaves a loop whose last iteration consumed nothing. */
  | { op: 'leaveIfEmpty'; readonly slot: number; to: number }
  | { readonly op: 'anchor'; readonly anchor: Anchor }
  /** The body follows; `after` is the instruction behind it. */
  | { op: 'look'; readonly negative: boolean; after: number }
  | { readonly op: 'reference'; readonly capture: number; readonly ignoreCase: boolean; readonly backward: boolean }
  | { readonly op: 'done' };

export interface Program {
  readonly instructions: readonly Instruction[];
  readonly slots: number;
  /** Group name or number to capture index; slots 2i and 2i+1 hold where capture i starts and ends. */
  readonly captures: ReadonlyMap<string, number>;
}

/** Counted repetitions are written out; `((a{100}){100}){100}` must not fill the memory. */
const maximumInstructions = 20_000;

/**
 * Compiles a parsed pattern for the matcher.
 * @throws EXPRESSION_REGEX_INVALID for a reference to no group, EXPRESSION_REGEX_UNSUPPORTED for one that grows too large
 */
export function compilePattern(pattern: Pattern): Program {
  return new Compiler(pattern).compile();
}

/** .NET numbers the unnamed groups first, then the named ones. */
function numberCaptures(names: readonly (string | undefined)[]): Map<string, number> {
  const captures = new Map<string, number>();
  names.forEach((name, capture) => {
    if (name !== undefined) captures.set(name, capture);
  });
  let number = 1;
  const indexes = names.map((_, capture) => capture);
  for (const capture of [
    ...indexes.filter((index) => names[index] === undefined),
    ...indexes.filter((index) => names[index] !== undefined && !/^[0-9]+$/.test(names[index])),
  ]) {
    while (captures.has(String(number))) number++;
    captures.set(String(number), capture);
  }
  return captures;
}

class Compiler {
  readonly #pattern: Pattern;
  readonly #captures: ReadonlyMap<string, number>;
  readonly #instructions: Instruction[] = [];
  #slots: number;

  constructor(pattern: Pattern) {
    this.#pattern = pattern;
    this.#captures = numberCaptures(pattern.captures);
    this.#slots = pattern.captures.length * 2;
  }

  compile(): Program {
    this.#emit(this.#pattern.root, false);
    this.#add({ op: 'done' });
    return { instructions: this.#instructions, slots: this.#slots, captures: this.#captures };
  }

  /** @param backward inside a lookbehind, where .NET matches from right to left */
  #emit(node: PatternNode, backward: boolean): void {
    switch (node.kind) {
      case 'set':
        this.#add({ op: 'character', set: node.set, backward });
        return;
      case 'sequence':
        for (const item of backward ? node.items.toReversed() : node.items) this.#emit(item, backward);
        return;
      case 'choice':
        this.#choice(node.options, backward);
        return;
      case 'repeat':
        this.#repeat(node.item, node.least, node.most, node.lazy, backward);
        return;
      case 'group':
        this.#add({ op: 'save', slot: node.capture * 2 + (backward ? 1 : 0) });
        this.#emit(node.item, backward);
        this.#add({ op: 'save', slot: node.capture * 2 + (backward ? 0 : 1) });
        return;
      case 'anchor':
        this.#add({ op: 'anchor', anchor: node.anchor });
        return;
      case 'look': {
        const look = this.#add({ op: 'look', negative: node.negative, after: 0 });
        this.#emit(node.item, node.behind);
        this.#add({ op: 'done' });
        look.after = this.#instructions.length;
        return;
      }
      case 'reference': {
        const capture = this.#captures.get(node.name);
        if (capture === undefined) {
          throw problem(
            'EXPRESSION_REGEX_INVALID',
            `The pattern refers to the group ${node.name}, which it does not have.`,
          );
        }
        this.#add({ op: 'reference', capture, ignoreCase: node.ignoreCase, backward });
      }
    }
  }

  #choice(options: readonly PatternNode[], backward: boolean): void {
    const jumps: { to: number }[] = [];
    options.forEach((option, index) => {
      if (index === options.length - 1) {
        this.#emit(option, backward);
        return;
      }
      const split = this.#add({ op: 'split', first: this.#instructions.length + 1, second: 0 });
      this.#emit(option, backward);
      jumps.push(this.#add({ op: 'jump', to: 0 }));
      split.second = this.#instructions.length;
    });
    for (const jump of jumps) jump.to = this.#instructions.length;
  }

  #repeat(item: PatternNode, least: number, most: number, lazy: boolean, backward: boolean): void {
    if (least > maximumInstructions) throw this.#tooLarge();
    for (let count = 0; count < least; count++) this.#emit(item, backward);
    if (most === Number.POSITIVE_INFINITY) this.#loop(item, lazy, backward);
    else {
      const splits: Split[] = [];
      for (let count = least; count < most; count++) {
        splits.push(this.#add({ op: 'split', first: 0, second: 0 }));
        aim(splits.at(-1), lazy, this.#instructions.length);
        this.#emit(item, backward);
      }
      for (const split of splits) aim(split, !lazy, this.#instructions.length);
    }
  }

  #loop(item: PatternNode, lazy: boolean, backward: boolean): void {
    const start = this.#instructions.length;
    const split = this.#add({ op: 'split', first: 0, second: 0 });
    aim(split, lazy, this.#instructions.length);
    if (canBeEmpty(item)) {
      const slot = this.#slots++;
      this.#add({ op: 'save', slot });
      this.#emit(item, backward);
      const leave = this.#add({ op: 'leaveIfEmpty', slot, to: 0 });
      this.#add({ op: 'jump', to: start });
      leave.to = this.#instructions.length;
    } else {
      this.#emit(item, backward);
      this.#add({ op: 'jump', to: start });
    }
    aim(split, !lazy, this.#instructions.length);
  }

  #add<T extends Instruction>(instruction: T): T {
    if (this.#instructions.length >= maximumInstructions) throw this.#tooLarge();
    this.#instructions.push(instruction);
    return instruction;
  }

  #tooLarge(): Error {
    return problem(
      'EXPRESSION_REGEX_UNSUPPORTED',
      `The counted repetitions of the pattern come to more than ${maximumInstructions} steps.`,
    );
  }
}

type Split = Extract<Instruction, { op: 'split' }>;

/** Sets one arm of a split: the body for `lazy` = false is tried first, the way out second, and the other way round. */
function aim(split: Split | undefined, second: boolean, to: number): void {
  if (split === undefined) return;
  if (second) split.second = to;
  else split.first = to;
}

function canBeEmpty(node: PatternNode): boolean {
  switch (node.kind) {
    case 'set':
      return false;
    case 'sequence':
      return node.items.every(canBeEmpty);
    case 'choice':
      return node.options.some(canBeEmpty);
    case 'repeat':
      return node.least === 0 || canBeEmpty(node.item);
    case 'group':
      return canBeEmpty(node.item);
    default:
      return true;
  }
}
