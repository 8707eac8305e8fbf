import type { RegexMatch } from '@joinery/regex';
import { Instance } from '../../values/instance.ts';
import type { Value } from '../../values/value.ts';
import { namedType, netTypes } from '../intrinsic.ts';
import type { NetType } from '../net-type.ts';
import type { ScriptRegex } from './script-regex.ts';

/** `System.Text.RegularExpressions.Regex`. */
export class Regex extends Instance {
  readonly regex: ScriptRegex;
  /** `MatchTimeout` in milliseconds; `undefined` is none. */
  readonly milliseconds: number | undefined;
  constructor(regex: ScriptRegex, milliseconds?: number) {
    super();
    this.regex = regex;
    this.milliseconds = milliseconds;
  }
  get type(): NetType {
    return netTypes.regex;
  }
}

/** `System.Text.RegularExpressions.Capture`, and the base of groups and matches. */
export class Capture extends Instance {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  constructor(text: string, start: number, end: number) {
    super();
    this.text = text;
    this.start = start;
    this.end = end;
  }
  get type(): NetType {
    return namedType('System.Text.RegularExpressions.Capture');
  }
  get value(): string {
    return this.text.slice(this.start, this.end);
  }
}

/** `System.Text.RegularExpressions.Group`. */
export class Group extends Capture {
  readonly name: string;
  readonly captures: readonly Capture[];
  constructor(name: string, text: string, captures: readonly Capture[]) {
    const last = captures.at(-1);
    super(text, last?.start ?? 0, last?.end ?? 0);
    this.name = name;
    this.captures = captures;
  }
  override get type(): NetType {
    return namedType('System.Text.RegularExpressions.Group');
  }
  get success(): boolean {
    return this.captures.length > 0;
  }
}

/** `System.Text.RegularExpressions.Match`; `found` is `undefined` where nothing was found. */
export class Match extends Group {
  readonly regex: ScriptRegex | undefined;
  readonly found: RegexMatch | undefined;
  #groups: GroupCollection | undefined;

  constructor(regex?: ScriptRegex, found?: RegexMatch) {
    super('0', found?.text ?? '', found === undefined ? [] : [new Capture(found.text, found.start, found.end)]);
    this.regex = regex;
    this.found = found;
  }
  override get type(): NetType {
    return namedType('System.Text.RegularExpressions.Match');
  }
  get groups(): GroupCollection {
    this.#groups ??= new GroupCollection(this);
    return this.#groups;
  }
  next(): Match {
    if (this.regex === undefined || this.found === undefined) return this;
    return new Match(this.regex, this.regex.next(this.found));
  }
}

/** `GroupCollection`: the groups of a match by number and by name. */
export class GroupCollection extends Instance {
  readonly match: Match;
  #items: readonly Group[] | undefined;

  constructor(match: Match) {
    super();
    this.match = match;
  }
  get type(): NetType {
    return namedType('System.Text.RegularExpressions.GroupCollection');
  }
  get items(): readonly Group[] {
    this.#items ??= this.#make();
    return this.#items;
  }

  #make(): readonly Group[] {
    const { regex, found } = this.match;
    if (regex === undefined || found === undefined) return [this.match];
    return regex.groupNumbers.map((number) => {
      if (number === 0) return this.match;
      const captures = found.captures(number).map(({ start, end }) => new Capture(found.text, start, end));
      return new Group(regex.nameOf(number) ?? '', found.text, captures);
    });
  }

  /** A group by number; one without success where there is none. */
  byNumber(number: number): Group {
    const index = this.match.regex?.groupNumbers.indexOf(number) ?? -1;
    return this.items[number === 0 ? 0 : index] ?? noGroup;
  }

  byName(name: string): Group {
    const number = this.match.regex?.numberOf(name);
    return number === undefined ? noGroup : this.byNumber(number);
  }
}

const noGroup = new Group('', '', []);

/** `MatchCollection` and `CaptureCollection`. */
export class CaptureList extends Instance {
  readonly type: NetType;
  readonly items: readonly Capture[];
  constructor(type: NetType, items: readonly Capture[]) {
    super();
    this.type = type;
    this.items = items;
  }
}

export function matchCollection(regex: ScriptRegex, text: string, from?: number): CaptureList {
  const items = [...regex.matches(text, from)].map((found) => new Match(regex, found));
  return new CaptureList(namedType('System.Text.RegularExpressions.MatchCollection'), items);
}

export function captureCollection(group: Group): CaptureList {
  return new CaptureList(namedType('System.Text.RegularExpressions.CaptureCollection'), group.captures);
}

/** The engine's form of a value that is a regular expression; `undefined` for anything else. */
export function regexOf(value: Value): ScriptRegex | undefined {
  return value instanceof Regex ? value.regex : undefined;
}
