import { commonParameters, shouldProcessParameters } from '../binding/common-parameters.ts';
import type { CmdletDescription, CmdletParameter } from '../commands/description.ts';
import { refusedCommands } from '../commands/refused.ts';
import { builtInAliases, cmdlets } from '../commands/registry.ts';
import { approximated, covered, type Judgement, missing, unknown } from './finding.ts';
import type { Declarations } from './script-set.ts';

/** What a command name leads to. */
export type KnownCommand =
  | { readonly kind: 'cmdlet'; readonly cmdlet: CmdletDescription }
  | { readonly kind: 'function'; readonly name: string }
  | { readonly kind: 'script'; readonly name: string };

/** The commands that scripts call: the library's, those that a host program registers, and what the scripts define. */
export class KnownCommands {
  readonly #declarations: Declarations;
  readonly #cmdlets: ReadonlyMap<string, CmdletDescription>;
  readonly #aliases: ReadonlyMap<string, string>;

  constructor(declarations: Declarations, registered: readonly CmdletDescription[] = []) {
    this.#declarations = declarations;
    this.#cmdlets = new Map([...cmdlets, ...registered].map((cmdlet) => [cmdlet.name.toLowerCase(), cmdlet]));
    this.#aliases = new Map(builtInAliases.map(({ name, definition }) => [name.toLowerCase(), definition]));
  }

  /** In PowerShell's order: aliases, functions, cmdlets, script files. */
  find(written: string, depth = 0): KnownCommand | undefined {
    const name = written.toLowerCase();
    const alias = this.#declarations.aliases.get(name) ?? this.#aliases.get(name);
    if (alias !== undefined && depth < 8) {
      const found = this.find(alias, depth + 1);
      if (found !== undefined) return found;
    }
    const plain = name.slice(name.lastIndexOf('\\') + 1);
    const declared = this.#declarations.functions.get(name) ?? this.#declarations.functions.get(plain);
    if (declared !== undefined) return { kind: 'function', name: declared.name };
    const cmdlet = this.#cmdlets.get(plain);
    if (cmdlet !== undefined) return { kind: 'cmdlet', cmdlet };
    const file = name.slice(Math.max(name.lastIndexOf('\\'), name.lastIndexOf('/')) + 1);
    return this.#declarations.files.has(file) ? { kind: 'script', name: file } : undefined;
  }
}

/** Commands whose work is a text that becomes a script: what is in it is seen only when it runs. */
const scriptMakers = new Set(['invoke-expression']);

export function judgeCommand(
  known: KnownCommand | undefined,
  written: string,
  hasPlainArguments: boolean,
  outside: readonly string[],
): Judgement {
  if (known === undefined) {
    const refused = whyRefused(written);
    return refused === undefined || outside.length > 0
      ? unknown(`No command "${written}" is embedded`, outside)
      : missing(refused);
  }
  if (known.kind !== 'cmdlet') return covered;
  const { coverage, name } = known.cmdlet;
  if (coverage !== undefined && coverage.state !== 'covered') return coverage;
  return scriptMakers.has(name.toLowerCase()) && !hasPlainArguments
    ? approximated('The script that it makes is known only when it runs.')
    : covered;
}

/** The reason for a command of PowerShell that is deliberately absent, under its name, with its module or an alias. */
function whyRefused(written: string): string | undefined {
  const name = written.toLowerCase().slice(written.lastIndexOf('\\') + 1);
  const alias = builtInAliases.find((one) => one.name.toLowerCase() === name);
  const why = refusedCommands.get(name) ?? refusedCommands.get(alias?.definition.toLowerCase() ?? '');
  return why === undefined ? undefined : `${alias?.definition ?? written} is not here: ${why}.`;
}

/** A parameter of a cmdlet by what was written: its name, an alias, or the beginning of one name. */
export function judgeParameter(cmdlet: CmdletDescription, written: string): { name: string; judgement: Judgement } {
  const folded = written.toLowerCase();
  const common = [...commonParameters, ...(cmdlet.supportsShouldProcess === true ? shouldProcessParameters : [])];
  const all: readonly Named[] = [...cmdlet.parameters, ...common];
  const exact = all.find(({ name, aliases = [] }) => [name, ...aliases].some((each) => each.toLowerCase() === folded));
  const matches = all.filter(({ name, aliases = [] }) =>
    [name, ...aliases].some((each) => each.toLowerCase().startsWith(folded)),
  );
  const fixed = matches.filter(({ isDynamic }) => isDynamic !== true);
  const begun = fixed.length > 0 ? fixed : matches;
  const own = begun.filter((parameter) => cmdlet.parameters.some(({ name }) => name === parameter.name));
  const found = exact ?? (begun.length === 1 ? begun[0] : own.length === 1 ? own[0] : undefined);
  if (found === undefined) {
    const absent = Object.entries(cmdlet.leftOut ?? {}).find(([name]) => name.toLowerCase().startsWith(folded));
    if (absent !== undefined) {
      const [name, why] = absent;
      return { name: `${cmdlet.name} -${name}`, judgement: missing(why) };
    }
    return {
      name: `${cmdlet.name} -${written}`,
      judgement: missing(`${cmdlet.name} has no parameter -${written} here.`),
    };
  }
  const { coverage } = found;
  const judgement = coverage === undefined || coverage.state === 'covered' ? covered : coverage;
  return { name: `${cmdlet.name} -${found.name}`, judgement };
}

type Named = Pick<CmdletParameter, 'name' | 'aliases' | 'coverage' | 'isDynamic'>;

/** The modules whose cmdlets are embedded, by folded name. */
export function embeddedModules(registered: readonly CmdletDescription[]): ReadonlySet<string> {
  return new Set([...cmdlets, ...registered].map(({ module }) => module.toLowerCase()));
}
