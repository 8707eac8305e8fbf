import { caseEquivalents } from './case-equivalence.ts';
import { boundaryWords } from './character-set.ts';
import type { Anchor } from './node.ts';
import type { Instruction, Program } from './program.ts';

/** Counts the work of matching; throws when it was too much. */
export interface MatchLimit {
  /** Called every so often with the steps since the last call. */
  spend(steps: number): void;
}

/** What one search found: per group, in the program's order, the start and end of each of its captures, one after the other. */
export interface Found {
  readonly start: number;
  readonly end: number;
  readonly captures: readonly (readonly number[])[];
}

const stepsAtOnce = 4096;

/** Where the stack begins, and above what it is not kept between searches. */
const smallStack = 256;
const largeStack = 65_536;

const nothing: readonly number[] = [];
const noLimit: MatchLimit = { spend: () => undefined };

/** Kinds of entries on the stack of what was not tried and what is to be undone; each has four numbers. */
const choice = 0;
const undoRegister = 1;
const undoCapture = 2;
const undoPop = 3;
const runBack = 4;
const runOn = 5;

/**
 * Runs a program over one text by backtracking as .NET does, so that the same alternative wins and the groups hold the same
 * captures: on a stack of its own, and counting its steps.
 */
export class Matcher {
  readonly #instructions: readonly Instruction[];
  readonly #registers: Int32Array;
  /** Of each group, by its place in the program's list. */
  readonly #captures: number[][];
  #stack = new Int32Array(smallStack);
  #top = 0;
  readonly #popped: number[] = [];
  #text = '';
  #limit: MatchLimit = noLimit;
  #searchStart = 0;
  #position = 0;
  #steps = 0;

  constructor(program: Program) {
    this.#instructions = program.instructions;
    this.#registers = new Int32Array(program.registers);
    this.#captures = Array.from({ length: program.groups }, () => []);
  }

  /**
   * The first match that begins at or behind `from`; with `backward` the first that ends at or before it.
   * @param searchStart what `\G` means
   * @throws what `limit` throws
   */
  search(text: string, from: number, backward: boolean, searchStart: number, limit: MatchLimit): Found | undefined {
    try {
      const start = this.#find(text, from, backward, searchStart, limit);
      return start === -1 ? undefined : this.#found(start);
    } finally {
      this.#forget();
    }
  }

  /** Whether there is a match at or behind `from`, or with `backward` before it; otherwise as {@link search}. */
  test(text: string, from: number, backward: boolean, limit: MatchLimit): boolean {
    try {
      return this.#find(text, from, backward, from, limit) !== -1;
    } finally {
      this.#forget();
    }
  }

  /** Where the first match begins to be read; -1 where there is none. */
  #find(text: string, from: number, backward: boolean, searchStart: number, limit: MatchLimit): number {
    this.#text = text;
    this.#limit = limit;
    this.#searchStart = searchStart;
    const step = backward ? -1 : 1;
    let start = from;
    while (start >= 0 && start <= text.length && !(this.#canStart(start, backward) && this.#run(0, start)))
      start += step;
    limit.spend(this.#steps);
    return start <= text.length ? start : -1;
  }

  /** Nothing of one search is left for the next, which may follow one that was stopped. */
  #forget(): void {
    this.#text = '';
    this.#limit = noLimit;
    this.#steps = 0;
    this.#top = 0;
    if (this.#stack.length > largeStack) this.#stack = new Int32Array(smallStack);
    this.#popped.length = 0;
    for (const captures of this.#captures) if (captures.length > 0) captures.length = 0;
  }

  /** A quick look at the first instruction. */
  #canStart(start: number, backward: boolean): boolean {
    const first = this.#instructions[0];
    if (first?.op === 'anchor' && first.anchor === 'textStart' && !backward) return start === 0;
    if (first === undefined || (first.op !== 'set' && !(first.op === 'run' && first.least > 0))) return true;
    const at = first.backward ? start - 1 : start;
    return at >= 0 && at < this.#text.length && first.set.has(this.#text.charCodeAt(at));
  }

  #found(start: number): Found {
    this.#limit.spend(this.#captures.length - 1);
    const end = this.#position;
    const captures = this.#captures.map((list) => (list.length === 0 ? nothing : list.slice()));
    return { start: Math.min(start, end), end: Math.max(start, end), captures };
  }

  /** Runs from an instruction to `done`; on success the position is behind what matched. */
  #run(entry: number, start: number): boolean {
    const instructions = this.#instructions;
    const text = this.#text;
    const base = this.#top;
    let address = entry;
    let position = start;
    for (;;) {
      if (++this.#steps >= stepsAtOnce) {
        this.#limit.spend(this.#steps);
        this.#steps = 0;
      }
      const instruction = instructions[address];
      if (instruction === undefined) return false;
      let passed = true;
      address++;
      switch (instruction.op) {
        case 'done':
          this.#position = position;
          return true;
        case 'set': {
          const at = instruction.backward ? position - 1 : position;
          passed = at >= 0 && at < text.length && instruction.set.has(text.charCodeAt(at));
          position = instruction.backward ? at : at + 1;
          break;
        }
        case 'run': {
          const moved = this.#runOf(instruction, address, position);
          passed = moved !== -1;
          position = moved;
          break;
        }
        case 'split':
          this.#push(choice, instruction.second, position, 0);
          address = instruction.first;
          break;
        case 'jump':
          address = instruction.to;
          break;
        case 'mark':
          this.#set(instruction.register, position);
          break;
        case 'capture':
          this.#capture(instruction.group, this.#registers[instruction.register] ?? 0, position);
          break;
        case 'balance':
          passed = this.#balance(instruction, position);
          break;
        case 'enter':
          this.#set(instruction.counter, 0);
          this.#set(instruction.counter + 1, -1);
          break;
        case 'loop':
          address = this.#loop(instruction, position);
          break;
        case 'anchor':
          passed = this.#holds(instruction.anchor, position);
          break;
        case 'look':
          passed = this.#look(address, position) !== instruction.negative;
          address = instruction.after;
          break;
        case 'atomic':
          passed = this.#look(address, position);
          if (passed) position = this.#position;
          address = instruction.after;
          break;
        case 'reference': {
          const moved = this.#afterReference(instruction, position);
          passed = moved !== undefined;
          position = moved ?? position;
          break;
        }
        case 'ifGroup':
          if (this.#captures[instruction.group]?.length === 0) address = instruction.otherwise;
          break;
        case 'ifLook':
          address = this.#look(address, position) !== instruction.negative ? instruction.after : instruction.otherwise;
      }
      if (!passed) {
        address = this.#backtrack(base);
        if (address === -1) return false;
        position = this.#position;
      }
    }
  }

  /** As long a run as there may be, or as short; what else could be is kept for later. -1 where there is none. */
  #runOf(instruction: Instruction & { op: 'run' }, next: number, position: number): number {
    const { set, least, most, lazy, backward } = instruction;
    const text = this.#text;
    const room = backward ? position : text.length - position;
    const wanted = lazy ? least : Math.min(most, room);
    let count = 0;
    if (backward) while (count < wanted && count < room && set.has(text.charCodeAt(position - count - 1))) count++;
    else while (count < wanted && count < room && set.has(text.charCodeAt(position + count))) count++;
    this.#steps += count >> 2;
    if (count < least) return -1;
    const reached = backward ? position - count : position + count;
    if (lazy) {
      if (count < most) this.#push(runOn, next - 1, reached, count);
    } else if (count > least) this.#push(runBack, next - 1, reached, count - 1);
    return reached;
  }

  #push(kind: number, address: number, position: number, extra: number): void {
    if (this.#top === this.#stack.length) {
      const larger = new Int32Array(this.#stack.length * 2);
      larger.set(this.#stack);
      this.#stack = larger;
    }
    const stack = this.#stack;
    let top = this.#top;
    stack[top++] = kind;
    stack[top++] = address;
    stack[top++] = position;
    stack[top++] = extra;
    this.#top = top;
  }

  #set(register: number, value: number): void {
    this.#push(undoRegister, register, this.#registers[register] ?? 0, 0);
    this.#registers[register] = value;
  }

  #capture(group: number, from: number, to: number): void {
    this.#captures[group]?.push(Math.min(from, to), Math.max(from, to));
    this.#push(undoCapture, group, 0, 0);
  }

  /** Takes the last capture of one group away and captures what lies between it and here for another. */
  #balance({ register, group, popped }: Instruction & { op: 'balance' }, position: number): boolean {
    const captures = this.#captures[popped];
    const end = captures?.pop();
    const start = captures?.pop();
    if (start === undefined || end === undefined) return false;
    this.#popped.push(start, end);
    this.#push(undoPop, popped, 0, 0);
    if (group === undefined) return true;
    let from = Math.min(this.#registers[register] ?? 0, position);
    let to = Math.max(this.#registers[register] ?? 0, position);
    if (from >= end) {
      to = from;
      from = end;
    } else if (to <= start) from = start;
    else {
      to = Math.min(to, end);
      from = Math.max(from, start);
    }
    this.#capture(group, from, to);
    return true;
  }

  /** Where a loop goes on from its head. A turn that moved nothing ends it once it has its least. */
  #loop(instruction: Instruction & { op: 'loop' }, position: number): number {
    const { counter, least, most, lazy, body, exit } = instruction;
    const count = this.#registers[counter] ?? 0;
    const isStuck = (this.#registers[counter + 1] ?? -1) === position && count > 0;
    if (count < least && !isStuck) return this.#turn(counter, count, position, body);
    if (count >= most || isStuck) return exit;
    if (lazy) {
      // The turn that comes later begins with these registers: they are set again when it is taken.
      this.#push(choice, ~body, position, counter);
      return exit;
    }
    this.#push(choice, exit, position, 0);
    return this.#turn(counter, count, position, body);
  }

  #turn(counter: number, count: number, position: number, body: number): number {
    this.#set(counter, count + 1);
    this.#set(counter + 1, position);
    return body;
  }

  /** Undoes down to the last arm that was not tried; answers its address and sets the position, or -1 where none is left. */
  #backtrack(base: number): number {
    while (this.#top > base) {
      this.#steps++;
      this.#top -= 4;
      const [stack, top] = [this.#stack, this.#top];
      const address = stack[top + 1] ?? 0;
      const position = stack[top + 2] ?? 0;
      const extra = stack[top + 3] ?? 0;
      switch (stack[top]) {
        case choice:
          this.#position = position;
          if (address >= 0) return address;
          return this.#turn(extra, this.#registers[extra] ?? 0, position, ~address);
        case undoRegister:
          this.#registers[address] = position;
          break;
        case undoCapture:
          this.#captures[address]?.splice(-2);
          break;
        case undoPop: {
          const end = this.#popped.pop() ?? 0;
          const start = this.#popped.pop() ?? 0;
          this.#captures[address]?.push(start, end);
          break;
        }
        case runBack: {
          const next = this.#giveBack(address, position, extra);
          if (next !== -1) return next;
          break;
        }
        case runOn: {
          const next = this.#takeOne(address, position, extra);
          if (next !== -1) return next;
        }
      }
    }
    return -1;
  }

  /** One unit less of a greedy run. */
  #giveBack(address: number, reached: number, left: number): number {
    const instruction = this.#instructions[address];
    if (instruction?.op !== 'run') return -1;
    this.#position = instruction.backward ? reached + 1 : reached - 1;
    if (left > instruction.least) this.#push(runBack, address, this.#position, left - 1);
    return address + 1;
  }

  /** One unit more of a lazy run. */
  #takeOne(address: number, reached: number, count: number): number {
    const instruction = this.#instructions[address];
    if (instruction?.op !== 'run') return -1;
    const at = instruction.backward ? reached - 1 : reached;
    if (at < 0 || at >= this.#text.length || !instruction.set.has(this.#text.charCodeAt(at))) return -1;
    this.#position = instruction.backward ? at : at + 1;
    if (count + 1 < instruction.most) this.#push(runOn, address, this.#position, count + 1);
    return address + 1;
  }

  /** Runs a part once: its untried arms go, what it captured stays with what undoes it. Where it fails all is undone. */
  #look(entry: number, position: number): boolean {
    const base = this.#top;
    if (!this.#run(entry, position)) return false;
    const stack = this.#stack;
    const end = this.#top;
    this.#top = base;
    for (let index = base; index < end; index += 4) {
      const kind = stack[index];
      if (kind !== undoRegister && kind !== undoCapture && kind !== undoPop) continue;
      stack.copyWithin(this.#top, index, index + 4);
      this.#top += 4;
    }
    return true;
  }

  #holds(anchor: Anchor, position: number): boolean {
    const text = this.#text;
    switch (anchor) {
      case 'textStart':
        return position === 0;
      case 'textEnd':
        return position === text.length;
      case 'textEndOrLastLineFeed':
        return position === text.length || (position === text.length - 1 && text.charCodeAt(position) === 10);
      case 'lineStart':
        return position === 0 || text.charCodeAt(position - 1) === 10;
      case 'lineEnd':
        return position === text.length || text.charCodeAt(position) === 10;
      case 'searchStart':
        return position === this.#searchStart;
      case 'wordBoundary':
        return this.#isWord(position - 1) !== this.#isWord(position);
      case 'noWordBoundary':
        return this.#isWord(position - 1) === this.#isWord(position);
    }
  }

  #isWord(position: number): boolean {
    return position >= 0 && position < this.#text.length && boundaryWords.has(this.#text.charCodeAt(position));
  }

  /** The position behind the text of a group; `undefined` where it does not stand here or the group took no part. */
  #afterReference(instruction: Instruction & { op: 'reference' }, position: number): number | undefined {
    const captures = this.#captures[instruction.group] ?? [];
    const end = captures.at(-1);
    const start = captures.at(-2);
    if (start === undefined || end === undefined) return undefined;
    const length = end - start;
    const from = instruction.backward ? position - length : position;
    if (from < 0 || from + length > this.#text.length) return undefined;
    this.#steps += length >> 3;
    for (let offset = 0; offset < length; offset++) {
      const expected = this.#text.charCodeAt(start + offset);
      const found = this.#text.charCodeAt(from + offset);
      if (expected === found) continue;
      if (!instruction.ignoreCase || !caseEquivalents(expected).includes(found)) return undefined;
    }
    return instruction.backward ? from : from + length;
  }
}
