import type { CharacterSet } from './character-set.ts';
import type { Anchor, ParsedPattern, RegexNode } from './node.ts';

/** A parsed pattern as instructions of the matcher; `backward` ones read the text towards its start. */
export type Instruction =
  | { readonly op: 'done' }
  | { readonly op: 'set'; readonly set: CharacterSet; readonly backward: boolean }
  /** A run of one set, without entering the loop for each unit. */
  | {
      readonly op: 'run';
      readonly set: CharacterSet;
      readonly least: number;
      readonly most: number;
      readonly lazy: boolean;
      readonly backward: boolean;
    }
  | { readonly op: 'split'; first: number; second: number }
  | { readonly op: 'jump'; to: number }
  | { readonly op: 'mark'; readonly register: number }
  | { readonly op: 'capture'; readonly register: number; readonly group: number }
  | {
      readonly op: 'balance';
      readonly register: number;
      readonly group: number | undefined;
      readonly popped: number;
    }
  /** Begins a loop: `counter` and the register behind it are its count and where its turn began. */
  | { readonly op: 'enter'; readonly counter: number }
  | {
      readonly op: 'loop';
      readonly counter: number;
      readonly least: number;
      readonly most: number;
      readonly lazy: boolean;
      readonly body: number;
      exit: number;
    }
  | { readonly op: 'anchor'; readonly anchor: Anchor }
  | { readonly op: 'look'; readonly negative: boolean; after: number }
  | { readonly op: 'atomic'; after: number }
  | { readonly op: 'reference'; readonly group: number; readonly ignoreCase: boolean; readonly backward: boolean }
  | { readonly op: 'ifGroup'; readonly group: number; otherwise: number }
  | { readonly op: 'ifLook'; readonly negative: boolean; after: number; otherwise: number };

export interface Program {
  readonly instructions: readonly Instruction[];
  readonly registers: number;
  /** How many groups there are; instructions name one by its place among the pattern's numbers. */
  readonly groups: number;
}

export function compileProgram(pattern: ParsedPattern, backward: boolean): Program {
  const compiler = new Compiler(pattern.numbers);
  compiler.emit(pattern.root, backward);
  compiler.add({ op: 'done' });
  return { instructions: compiler.instructions, registers: compiler.registers, groups: pattern.numbers.length };
}

class Compiler {
  readonly instructions: Instruction[] = [];
  registers = 0;
  readonly #places = new Map<number, number>();

  constructor(numbers: readonly number[]) {
    numbers.forEach((number, place) => {
      this.#places.set(number, place);
    });
  }

  #place(number: number): number {
    return this.#places.get(number) ?? -1;
  }

  add<T extends Instruction>(instruction: T): T {
    this.instructions.push(instruction);
    return instruction;
  }

  emit(node: RegexNode, backward: boolean): void {
    switch (node.kind) {
      case 'set':
        this.add({ op: 'set', set: node.set, backward });
        return;
      case 'sequence':
        for (const item of backward ? node.items.toReversed() : node.items) this.emit(item, backward);
        return;
      case 'choice':
        this.#choice(node.options, backward);
        return;
      case 'repeat':
        this.#repeat(node, backward);
        return;
      case 'group': {
        const register = this.registers++;
        this.add({ op: 'mark', register });
        this.emit(node.item, backward);
        this.add({ op: 'capture', register, group: this.#place(node.number) });
        return;
      }
      case 'balance': {
        const register = this.registers++;
        this.add({ op: 'mark', register });
        this.emit(node.item, backward);
        const group = node.number === undefined ? undefined : this.#place(node.number);
        this.add({ op: 'balance', register, group, popped: this.#place(node.popped) });
        return;
      }
      case 'atomic': {
        const atomic = this.add({ op: 'atomic', after: 0 });
        this.emit(node.item, backward);
        this.add({ op: 'done' });
        atomic.after = this.instructions.length;
        return;
      }
      case 'look': {
        const look = this.add({ op: 'look', negative: node.negative, after: 0 });
        this.emit(node.item, node.behind);
        this.add({ op: 'done' });
        look.after = this.instructions.length;
        return;
      }
      case 'anchor':
        this.add({ op: 'anchor', anchor: node.anchor });
        return;
      case 'reference':
        this.add({ op: 'reference', group: this.#place(node.number), ignoreCase: node.ignoreCase, backward });
        return;
      case 'condition':
        this.#condition(node, backward);
    }
  }

  #choice(options: readonly RegexNode[], backward: boolean): void {
    const jumps: { to: number }[] = [];
    options.forEach((option, index) => {
      if (index === options.length - 1) {
        this.emit(option, backward);
        return;
      }
      const split = this.add({ op: 'split', first: this.instructions.length + 1, second: 0 });
      this.emit(option, backward);
      jumps.push(this.add({ op: 'jump', to: 0 }));
      split.second = this.instructions.length;
    });
    for (const jump of jumps) jump.to = this.instructions.length;
  }

  #repeat({ item, least, most, lazy }: RegexNode & { kind: 'repeat' }, backward: boolean): void {
    if (item.kind === 'set') {
      this.add({ op: 'run', set: item.set, least, most, lazy, backward });
      return;
    }
    const counter = this.registers;
    this.registers += 2;
    this.add({ op: 'enter', counter });
    const start = this.instructions.length;
    const loop = this.add({ op: 'loop', counter, least, most, lazy, body: start + 1, exit: 0 });
    this.emit(item, backward);
    this.add({ op: 'jump', to: start });
    loop.exit = this.instructions.length;
  }

  #condition({ test, yes, no }: RegexNode & { kind: 'condition' }, backward: boolean): void {
    let branch: { otherwise: number };
    if (typeof test === 'number') branch = this.add({ op: 'ifGroup', group: this.#place(test), otherwise: 0 });
    else {
      const negative = test.kind === 'look' && test.negative;
      const look = this.add({ op: 'ifLook', negative, after: 0, otherwise: 0 });
      this.emit(test.kind === 'look' ? test.item : test, test.kind === 'look' && test.behind);
      this.add({ op: 'done' });
      look.after = this.instructions.length;
      branch = look;
    }
    this.emit(yes, backward);
    const jump = this.add({ op: 'jump', to: 0 });
    branch.otherwise = this.instructions.length;
    this.emit(no, backward);
    jump.to = this.instructions.length;
  }
}
