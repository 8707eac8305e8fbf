import { placeText } from '@joinery/powershell';
import type { CheckReport, Finding } from '@joinery/powershell/check';
import { problem } from '@joinery/problems';
import { Command } from 'commander';
import type { ContextFor } from '../command-context.ts';
import type { Output } from '../output.ts';
import { readReferenced, readScript, type ScriptText } from '../script-file.ts';

interface Words {
  readonly all?: boolean;
  readonly json?: boolean;
}

/** `joinery powershell check`: says what the embedded PowerShell lacks for scripts, without running them. */
export function powershellCheckCommand(contextFor: ContextFor): Command {
  return new Command('check')
    .argument('<file...>', 'scripts and modules that belong together: they see one another’s functions and classes')
    .option('--all', 'list what is covered, too')
    .option('--json', 'one JSON object a line')
    .description(
      'Say what of scripts the embedded PowerShell covers; runs nothing. Exits 1 where something is missing.',
    )
    .addHelpText('after', '\nExample:\n  joinery powershell check import.ps1 export.ps1 common.psm1')
    .action(async (files: readonly string[], words: Words) => {
      const { output, workingFolder } = contextFor(words);
      const sources = await Promise.all(files.map((file) => readScript(file, workingFolder)));
      const report = await checkScripts(sources);
      print(output, report, words.all === true);
      refuseMissing(report);
      const { approximated, covered } = countStates(report.findings);
      output.done(`Nothing is missing: ${covered} covered, ${approximated} approximated.`, { approximated, covered });
    });
}

/**
 * Checks scripts with the files that they name. The library of types and commands is loaded only where it is asked for: other
 * commands start without it.
 */
export async function checkScripts(sources: readonly ScriptText[]): Promise<CheckReport> {
  const { check, referencedFiles } = await import('@joinery/powershell/check');
  const all = new Map(sources.map((source) => [source.file, source]));
  for (const source of all.values()) {
    for (const file of referencedFiles(source)) {
      const script = all.has(file) ? undefined : await readReferenced(file);
      if (script !== undefined) all.set(file, script);
    }
  }
  return check([...all.values()]);
}

/** @throws POWERSHELL_PARSE, POWERSHELL_NOT_COVERED, for the first of each */
export function refuseMissing({ findings, syntaxErrors }: CheckReport): void {
  const [syntaxError] = syntaxErrors;
  if (syntaxError !== undefined) {
    throw problem('POWERSHELL_PARSE', `${syntaxError.message} (${syntaxError.id})`, {
      place: placeText(syntaxError.file, syntaxError),
    });
  }
  const missing = findings.filter(({ state }) => state === 'missing');
  const [first] = missing;
  if (first === undefined) return;
  const others = missing.length - 1;
  const more = others === 0 ? '' : others === 1 ? ' One more is missing.' : ` ${others} more are missing.`;
  throw problem('POWERSHELL_NOT_COVERED', `${first.why ?? first.name}${more}`, {
    place: placeText(first.file, first),
  });
}

function print(output: Output, { findings, syntaxErrors }: CheckReport, all: boolean): void {
  for (const { id, message, ...place } of syntaxErrors) {
    output.warn(`${placeText(place.file, place)}: ${message}`, { id, ...place });
  }
  for (const finding of findings) {
    const { kind, name, state, why, ...place } = finding;
    if (state === 'covered' && !all) continue;
    const line = `${placeText(place.file, place)}: ${state}: ${kind} ${name}${why === undefined ? '' : `. ${why}`}`;
    if (state === 'covered') output.step(line, { ...finding });
    else output.warn(line, { ...finding });
  }
}

function countStates(findings: readonly Finding[]): { readonly approximated: number; readonly covered: number } {
  const count = (state: Finding['state']): number => findings.filter((finding) => finding.state === state).length;
  return { approximated: count('approximated'), covered: count('covered') };
}
