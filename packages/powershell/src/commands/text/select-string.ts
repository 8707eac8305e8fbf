import { baseOf } from '../../conversion/base.ts';
import { NetFailure } from '../../errors/raise.ts';
import { WildcardPattern } from '../../operators/wildcard.ts';
import { getMember } from '../../types/members.ts';
import { indexIn } from '../../types/system/text/search.ts';
import type { Comparison } from '../../types/system/text/string-comparison.ts';
import { Match } from '../../types/text/regex-objects.ts';
import { ScriptRegex } from '../../types/text/script-regex.ts';
import { typeNames } from '../../types/type-names.ts';
import type { Value } from '../../values/value.ts';
import { cmdletError } from '../cmdlet-error.ts';
import type { CmdletCall, CmdletDescription } from '../description.ts';
import { resolveNative } from '../items/paths.ts';
import { pathsOf, resolveItems } from '../items/resolve-items.ts';
import { itemsOf, textsOf } from '../items-of.ts';
import { fileEncoding } from '../output/file-encoding.ts';
import { openLines } from '../output/read-lines.ts';
import { MatchInfo } from './match-info.ts';
import { MatchTracker } from './match-tracker.ts';

const objectSets = ['Object', 'ObjectRaw'] as const;
const fileSets = ['File', 'FileRaw'] as const;
const literalSets = ['LiteralFile', 'LiteralFileRaw'] as const;

export const selectString: CmdletDescription = {
  name: 'Select-String',
  typeName: 'Microsoft.PowerShell.Commands.SelectStringCommand',
  module: 'Microsoft.PowerShell.Utility',
  defaultSet: 'File',
  parameters: [
    {
      name: 'Culture',
      type: 'string',
      validate: { notNull: true },
      coverage: {
        state: 'approximated',
        why: 'Ordinal compares by code units, every other one as the invariant culture',
      },
    },
    {
      name: 'InputObject',
      type: 'object',
      sets: objectSets.map((set) => ({ set, mandatory: true, fromPipeline: true })),
      allowNull: true,
      allowEmptyString: true,
    },
    { name: 'Pattern', type: 'string[]', mandatory: true, position: 0 },
    {
      name: 'Path',
      type: 'string[]',
      sets: fileSets.map((set) => ({ set, mandatory: true, position: 1, fromPipelineByPropertyName: true })),
    },
    {
      name: 'LiteralPath',
      type: 'string[]',
      aliases: ['PSPath', 'LP'],
      sets: literalSets.map((set) => ({ set, mandatory: true, fromPipelineByPropertyName: true })),
    },
    {
      name: 'Raw',
      type: 'switch',
      sets: ['ObjectRaw', 'FileRaw', 'LiteralFileRaw'].map((set) => ({ set, mandatory: true })),
    },
    { name: 'SimpleMatch', type: 'switch' },
    { name: 'CaseSensitive', type: 'switch' },
    { name: 'Quiet', type: 'switch', sets: ['Object', 'File', 'LiteralFile'] },
    { name: 'List', type: 'switch' },
    { name: 'NoEmphasis', type: 'switch' },
    { name: 'Include', type: 'string[]', validate: { notNullOrEmpty: true } },
    { name: 'Exclude', type: 'string[]', validate: { notNullOrEmpty: true } },
    { name: 'NotMatch', type: 'switch' },
    { name: 'AllMatches', type: 'switch' },
    { name: 'Encoding', type: 'object', validate: { notNullOrEmpty: true } },
    {
      name: 'Context',
      type: 'int[]',
      validate: { notNullOrEmpty: true, count: [1, 2], range: [0, 2 ** 31 - 1] },
    },
  ],
  start: (call) => {
    const search = new Search(call);
    return { process: () => search.process(), end: () => search.end() };
  },
};

/** Finds the first pattern that a line has. */
type Finder = (line: string) => { readonly pattern: string; readonly matches: readonly Match[] } | undefined;

class Search {
  readonly #call: CmdletCall;
  readonly #find: Finder;
  readonly #isIncluded: (path: string) => boolean;
  readonly #isQuiet: boolean;
  readonly #isList: boolean;
  #before: number;
  #after: number;
  #tracker: MatchTracker;
  #isDone = false;
  #record = 0;

  constructor(call: CmdletCall) {
    this.#call = call;
    if (call.has('Culture') && !call.has('SimpleMatch')) {
      const message = 'You must specify -Culture parameter only with -SimpleMatch parameter.';
      call.fail(cmdletError('CannotSpecifyCultureWithoutSimpleMatch', message, { category: 'InvalidData' }));
    }
    this.#find = finderOf(call);
    const wildcards = (name: string) => textsOf(call.get(name)).map((pattern) => new WildcardPattern(pattern));
    const include = wildcards('Include');
    const exclude = wildcards('Exclude');
    this.#isIncluded = (path) =>
      (include.length === 0 || include.some((one) => one.matches(path))) && !exclude.some((one) => one.matches(path));
    this.#isQuiet = call.isOn('Quiet');
    this.#isList = call.isOn('List');
    const [before = 0, after = before] = itemsOf(call.get('Context')).map((one) => (typeof one === 'number' ? one : 0));
    const isRaw = call.isOn('Raw');
    this.#before = isRaw ? 0 : before;
    this.#after = isRaw ? 0 : after;
    this.#tracker = this.#newTracker((match) => this.#emitFromPipeline(match));
  }

  process(): void {
    if (this.#isDone) return;
    const { session } = this.#call;
    if (this.#call.has('Path') || this.#call.has('LiteralPath')) {
      this.#files(this.#filesOf());
      return;
    }
    const input = this.#call.get('InputObject');
    if (typeNames(input).includes('System.IO.FileInfo')) {
      this.#files([session.text(getMember(input, 'FullName', session))]);
      return;
    }
    this.#object(baseOf(input));
  }

  end(): void {
    if (!this.#isDone) this.#tracker.end();
  }

  #newTracker(emit: (match: MatchInfo) => void): MatchTracker {
    return new MatchTracker(this.#before, this.#after, this.#call.session.budget, emit);
  }

  #filesOf(): string[] {
    const { session } = this.#call;
    const { paths, isLiteral } = pathsOf(this.#call);
    if (isLiteral) return paths.map((path) => resolveNative(session, path));
    return paths.flatMap((path) =>
      resolveItems(this.#call, path, false).flatMap((item) => {
        if (item.kind !== 'file') {
          const message = `Cannot open the file because the current provider (${item.drive.provider}) cannot open files.`;
          this.#call.writeError(fileError(message));
          return [];
        }
        return item.status.kind === 'file' ? [item.path] : [];
      }),
    );
  }

  #files(paths: readonly string[]): void {
    for (const path of paths) {
      if (this.#file(path) && this.#isQuiet) return;
    }
    if (this.#isQuiet) this.#call.write(this.#isList ? null : false);
  }

  /** True where a match was found. */
  #file(path: string): boolean {
    if (!this.#isIncluded(path)) return false;
    const { session } = this.#call;
    let found = false;
    const tracker = this.#newTracker((match) => {
      if (!found || !(this.#isQuiet || this.#isList)) this.#show(match);
      found = true;
    });
    try {
      const { lines, close } = openLines(session, path, fileEncoding(this.#call.get('Encoding'), session));
      try {
        let number = 0;
        for (let line = lines.next(); line !== undefined; line = lines.next()) {
          number++;
          session.budget.step();
          const match = this.#match(line);
          if (match === undefined) {
            tracker.line(line);
          } else {
            match.path = path;
            match.lineNumber = number;
            tracker.match(match);
          }
          if (found && (this.#isQuiet || this.#isList)) break;
        }
      } finally {
        close();
      }
      tracker.end();
    } catch (error) {
      if (!(error instanceof NetFailure)) throw error;
      this.#call.writeError(fileError(`The file ${path} cannot be read: ${error.exception.message}`, error));
    }
    return found;
  }

  #show(match: MatchInfo): void {
    if (this.#call.isOn('Raw')) this.#call.write(match.line);
    else if (this.#isQuiet && !this.#isList) this.#call.write(true);
    else this.#call.write(match);
  }

  #emitFromPipeline(match: MatchInfo): void {
    if (this.#isDone) return;
    this.#show(match);
    if (this.#isQuiet) this.#isDone = true;
  }

  #object(input: Value): void {
    this.#record++;
    const { session } = this.#call;
    const old = input instanceof MatchInfo ? input : undefined;
    if (old !== undefined && (this.#before > 0 || this.#after > 0)) {
      this.#before = 0;
      this.#after = 0;
      this.#tracker = this.#newTracker((match) => this.#emitFromPipeline(match));
      this.#call.writeWarning(
        'The option "Context" is not valid when searching results that are piped from Select-String output.',
      );
    }
    const line = old === undefined ? session.text(input) : old.line;
    const match = this.#match(line);
    if (match === undefined) {
      this.#tracker.line(line);
    } else if (old === undefined) {
      match.lineNumber = this.#record;
      this.#tracker.match(match);
    } else {
      this.#tracker.match(old.context === undefined ? old : old.withoutShownLines());
    }
  }

  #match(line: string): MatchInfo | undefined {
    const found = this.#find(line);
    const isNegated = this.#call.isOn('NotMatch');
    if ((found === undefined) !== isNegated) return undefined;
    const match = new MatchInfo();
    match.line = line;
    match.ignoreCase = !this.#call.isOn('CaseSensitive');
    match.pattern = found === undefined || isNegated ? (textsOf(this.#call.get('Pattern'))[0] ?? '') : found.pattern;
    match.matches = found?.matches ?? [];
    return match;
  }
}

function finderOf(call: CmdletCall): Finder {
  const patterns = textsOf(call.get('Pattern'));
  const ignoreCase = !call.isOn('CaseSensitive');
  if (call.isOn('SimpleMatch')) {
    const isOrdinal = call.has('Culture') && call.session.text(call.get('Culture')).toLowerCase() === 'ordinal';
    const comparison: Comparison = { ordinal: isOrdinal, ignoreCase };
    return (line) => {
      const pattern = patterns.find((one) => indexIn(call.session, line, one, comparison) >= 0);
      return pattern === undefined ? undefined : { pattern, matches: [] };
    };
  }
  const all = call.isOn('AllMatches') && !call.isOn('NotMatch');
  const regexes = patterns.map((pattern) => ({ pattern, regex: regexOf(call, pattern, ignoreCase) }));
  return (line) => {
    for (const { pattern, regex } of regexes) {
      const first = regex.match(line);
      if (first === undefined) continue;
      const matches = [new Match(regex, first)];
      for (let next = all ? regex.next(first) : undefined; next !== undefined; next = regex.next(next)) {
        matches.push(new Match(regex, next));
      }
      return { pattern, matches };
    }
    return undefined;
  };
}

const ignoreCaseOption = 1;

function regexOf(call: CmdletCall, pattern: string, ignoreCase: boolean): ScriptRegex {
  try {
    return ScriptRegex.of(pattern, ignoreCase ? ignoreCaseOption : 0);
  } catch (error) {
    if (!(error instanceof NetFailure)) throw error;
    const { exception } = error;
    return call.fail(
      cmdletError('InvalidRegex', `The string ${pattern} is not a valid regular expression: ${exception.message}`, {
        type: 'System.ArgumentException',
        category: 'InvalidArgument',
        inner: exception,
      }),
    );
  }
}

function fileError(message: string, cause?: NetFailure) {
  return cmdletError('ProcessingFile', message, {
    type: 'System.ArgumentException',
    category: 'InvalidArgument',
    ...(cause === undefined ? {} : { inner: cause.exception }),
  });
}
