import type { Budget } from '../../runtime/budget.ts';
import { MatchContext, type MatchInfo } from './match-info.ts';

interface Waiting {
  readonly match: MatchInfo;
  readonly context: MatchContext;
  readonly after: string[];
}

/** What the last match shows so far. */
interface Shown {
  readonly context: MatchContext;
  readonly before: readonly string[];
  readonly after: string[];
}

/**
 * Collects the lines around matches. The context of a match is every line around it; it shows only lines that are no
 * matches, and each of them once. Matches are handed on as soon as the lines after them are there.
 */
export class MatchTracker {
  readonly #before: number;
  readonly #after: number;
  readonly #budget: Budget;
  readonly #emit: (match: MatchInfo) => void;
  #last: string[] = [];
  #waiting: Waiting[] = [];
  #unshown: string[] = [];
  #shown: Shown | undefined;

  constructor(before: number, after: number, budget: Budget, emit: (match: MatchInfo) => void) {
    this.#before = before;
    this.#after = after;
    this.#budget = budget;
    this.#emit = emit;
  }

  line(text: string): void {
    if (this.#shown === undefined) {
      this.#unshown = this.#kept(this.#unshown, text);
    } else {
      this.#shown.after.push(text);
      if (this.#shown.after.length >= this.#after) this.#finishShown();
    }
    this.#follow(text);
  }

  match(match: MatchInfo): void {
    if (this.#before === 0 && this.#after === 0) {
      this.#emit(match);
      return;
    }
    this.#finishShown();
    const context = new MatchContext();
    match.context = context;
    this.#shown = { context, before: this.#unshown, after: [] };
    if (this.#after === 0) this.#finishShown();
    context.before = [...this.#last];
    this.#follow(match.line, { match, context, after: [] });
  }

  end(): void {
    this.#finishShown();
    for (const one of this.#waiting.splice(0)) this.#hand(one);
  }

  #finishShown(): void {
    if (this.#shown === undefined) return;
    this.#shown.context.shownBefore = this.#shown.before;
    this.#shown.context.shownAfter = this.#shown.after;
    this.#shown = undefined;
    this.#unshown = [];
  }

  /** A line that stands after the matches that wait, and before those to come. */
  #follow(text: string, match?: Waiting): void {
    for (const one of this.#waiting) {
      this.#budget.step();
      one.after.push(text);
    }
    while ((this.#waiting[0]?.after.length ?? -1) >= this.#after) {
      const first = this.#waiting.shift();
      if (first !== undefined) this.#hand(first);
    }
    if (match !== undefined) {
      if (this.#after === 0) this.#hand(match);
      else this.#waiting.push(match);
    }
    this.#last = this.#kept(this.#last, text);
  }

  #hand({ match, context, after }: Waiting): void {
    context.after = after;
    this.#emit(match);
  }

  #kept(lines: string[], text: string): string[] {
    if (this.#before === 0) return lines;
    lines.push(text);
    return lines.length > this.#before ? lines.slice(1) : lines;
  }
}
