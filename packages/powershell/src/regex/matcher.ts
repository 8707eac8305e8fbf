import { caseEquivalents } from './case-equivalence.ts';
import { boundaryWords } from './character-set.ts';
import type { Anchor } from './node.ts';
import type { Instruction, Program } from './program.ts';

/** Counts the work of matching; throws when it was too much. */
export interface MatchLimit {
  /** Called every so often with the steps since the last call. */
  spend(steps: number): void;
}

/** What one search found: per group the start and end of each of its captures, one after the other. */
export interface Found {
  readonly start: number;
  readonly end: number;
  readonly captures: ReadonlyMap<number, readonly number[]>;
}

const stepsAtOnce = 4096;

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
  readonly #text: string;
  readonly #limit: MatchLimit;
  readonly #registers: Int32Array;
  readonly #captures = new Map<number, number[]>();
  readonly #stack: number[] = [];
  readonly #popped: number[] = [];
  #searchStart = 0;
  #position = 0;
  #steps = 0;

  constructor(program: Program, text: string, limit: MatchLimit) {
    this.#instructions = program.instructions;
    this.#text = text;
    this.#limit = limit;
    this.#registers = new Int32Array(program.registers);
    for (const group of program.groups) this.#captures.set(group, []);
  }

  /**
   * The first match that begins at or behind `from`; with `backward` the first that ends at or before it.
   * @param searchStart what `\G` means; `from` where absent
   */
  search(from: number, backward: boolean, searchStart: number = from): Found | undefined {
    this.#searchStart = searchStart;
    const step = backward ? -1 : 1;
    for (let start = from; start >= 0 && start <= this.#text.length; start += step) {
      if (!this.#canStart(start, backward)) continue;
      const found = this.#at(start);
      if (found !== undefined) return found;
    }
    this.#limit.spend(this.#steps);
    this.#steps = 0;
    return undefined;
  }

  /** A quick look at the first instruction. */
  #canStart(start: number, backward: boolean): boolean {
    const first = this.#instructions[0];
    if (first?.op === 'anchor' && first.anchor === 'textStart' && !backward) return start === 0;
    if (first === undefined || (first.op !== 'set' && !(first.op === 'run' && first.least > 0))) return true;
    const at = first.backward ? start - 1 : start;
    return at >= 0 && at < this.#text.length && first.set.has(this.#text.charCodeAt(at));
  }

  #at(start: number): Found | undefined {
    for (const captures of this.#captures.values()) captures.length = 0;
    this.#stack.length = 0;
    this.#popped.length = 0;
    if (!this.#run(0, start)) return undefined;
    this.#limit.spend(this.#steps);
    this.#steps = 0;
    const end = this.#position;
    const captures = new Map<number, readonly number[]>();
    for (const [group, list] of this.#captures) captures.set(group, list.slice());
    return { start: Math.min(start, end), end: Math.max(start, end), captures };
  }

  /** Runs from an instruction to `done`; on success the position is behind what matched. */
  #run(entry: number, start: number): boolean {
    const instructions = this.#instructions;
    const text = this.#text;
    const base = this.#stack.length;
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
          this.#stack.push(choice, instruction.second, position, 0);
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
          if ((this.#captures.get(instruction.group)?.length ?? 0) === 0) address = instruction.otherwise;
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
      if (count < most) this.#stack.push(runOn, next - 1, reached, count);
    } else if (count > least) this.#stack.push(runBack, next - 1, reached, count - 1);
    return reached;
  }

  #set(register: number, value: number): void {
    this.#stack.push(undoRegister, register, this.#registers[register] ?? 0, 0);
    this.#registers[register] = value;
  }

  #capture(group: number, from: number, to: number): void {
    this.#captures.get(group)?.push(Math.min(from, to), Math.max(from, to));
    this.#stack.push(undoCapture, group, 0, 0);
  }

  /** Takes the last capture of one group away and captures what lies between it and here for another. */
  #balance({ register, group, popped }: Instruction & { op: 'balance' }, position: number): boolean {
    const captures = this.#captures.get(popped);
    const end = captures?.pop();
    const start = captures?.pop();
    if (start === undefined || end === undefined) return false;
    this.#popped.push(start, end);
    this.#stack.push(undoPop, popped, 0, 0);
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
      this.#stack.push(choice, ~body, position, counter);
      return exit;
    }
    this.#stack.push(choice, exit, position, 0);
    return this.#turn(counter, count, position, body);
  }

  #turn(counter: number, count: number, position: number, body: number): number {
    this.#set(counter, count + 1);
    this.#set(counter + 1, position);
    return body;
  }

  /** Undoes down to the last arm that was not tried; answers its address and sets the position, or -1 where none is left. */
  #backtrack(base: number): number {
    const stack = this.#stack;
    while (stack.length > base) {
      const extra = stack.pop() ?? 0;
      const position = stack.pop() ?? 0;
      const address = stack.pop() ?? 0;
      switch (stack.pop()) {
        case choice:
          this.#position = position;
          if (address >= 0) return address;
          return this.#turn(extra, this.#registers[extra] ?? 0, position, ~address);
        case undoRegister:
          this.#registers[address] = position;
          break;
        case undoCapture:
          this.#captures.get(address)?.splice(-2);
          break;
        case undoPop: {
          const end = this.#popped.pop() ?? 0;
          const start = this.#popped.pop() ?? 0;
          this.#captures.get(address)?.push(start, end);
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
    if (left > instruction.least) this.#stack.push(runBack, address, this.#position, left - 1);
    return address + 1;
  }

  /** One unit more of a lazy run. */
  #takeOne(address: number, reached: number, count: number): number {
    const instruction = this.#instructions[address];
    if (instruction?.op !== 'run') return -1;
    const at = instruction.backward ? reached - 1 : reached;
    if (at < 0 || at >= this.#text.length || !instruction.set.has(this.#text.charCodeAt(at))) return -1;
    this.#position = instruction.backward ? at : at + 1;
    if (count + 1 < instruction.most) this.#stack.push(runOn, address, this.#position, count + 1);
    return address + 1;
  }

  /** Runs a part once: its untried arms go, what it captured stays with what undoes it. Where it fails all is undone. */
  #look(entry: number, position: number): boolean {
    const base = this.#stack.length;
    if (!this.#run(entry, position)) return false;
    const tried = this.#stack.splice(base);
    for (let index = 0; index < tried.length; index += 4) {
      const kind = tried[index] ?? choice;
      if (kind === undoRegister || kind === undoCapture || kind === undoPop) {
        this.#stack.push(kind, tried[index + 1] ?? 0, tried[index + 2] ?? 0, tried[index + 3] ?? 0);
      }
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
    const captures = this.#captures.get(instruction.group) ?? [];
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
