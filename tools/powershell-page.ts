import type { CmdletDescription, Coverage } from '../packages/powershell/src/commands/description.ts';
import { refusals } from '../packages/powershell/src/commands/refused.ts';
import { cmdlets } from '../packages/powershell/src/commands/registry.ts';
import { descriptions } from '../packages/powershell/src/types/registered.ts';

/** The reference page of the embedded PowerShell's commands and types, in Markdown. */
export function powershellPage(): string {
  return [
    '# Commands and types of the embedded PowerShell',
    '',
    '`joinery powershell check` says of a script what this page says of all. Printed from the tables in the code by `tools/print-powershell.ts`; change them there.',
    '',
    ...commandChapter(),
    ...refusedChapter(),
    ...typeChapter(),
  ].join('\n');
}

function commandChapter(): readonly string[] {
  const sorted = cmdlets.toSorted((one, other) => (one.name < other.name ? -1 : 1));
  return ['## Commands', '', '| Command | Different from PowerShell |', '| --- | --- |', ...sorted.map(commandRow), ''];
}

function commandRow(cmdlet: CmdletDescription): string {
  const parameters = cmdlet.parameters.flatMap(({ name, coverage }) => notes(`\`-${name}\``, coverage));
  const leftOut = [...Map.groupBy(Object.entries(cmdlet.leftOut ?? {}), ([, why]) => why)].map(
    ([why, names]) => `${names.map(([name]) => `\`-${name}\``).join(' ')}: ${why}`,
  );
  const all = [...notes('', cmdlet.coverage), ...parameters, ...leftOut];
  return `| \`${cmdlet.name}\` | ${all.map(inCell).join('<br>')} |`;
}

function notes(of: string, coverage: Coverage = { state: 'covered' }): readonly string[] {
  return coverage.state === 'covered' ? [] : [of === '' ? coverage.why : `${of}: ${coverage.why}`];
}

function refusedChapter(): readonly string[] {
  const rows = refusals.map(({ why, names }) => `| ${inCell(why)} | ${names.map((name) => `\`${name}\``).join(' ')} |`);
  return ['## Commands that are not here', '', '| Why | Commands |', '| --- | --- |', ...rows, ''];
}

function typeChapter(): readonly string[] {
  const ofScripts = descriptions.map(({ name }) => shown(name)).filter((name) => !name.includes('+'));
  const spaces = Map.groupBy([...new Set(ofScripts)].toSorted(), (name) => name.slice(0, name.lastIndexOf('.')));
  const rows = [...spaces].map(
    ([space, names]) => `| ${space} | ${names.map((name) => `\`${name.slice(space.length + 1)}\``).join(' ')} |`,
  );
  return ['## Types', '', '| Namespace | Types |', '| --- | --- |', ...rows, ''];
}

/** A generic type as scripts write it: without the count of its parameters. */
function shown(name: string): string {
  return name.replace(/`\d+$/, '[]');
}

function inCell(text: string): string {
  return text.replaceAll('|', '\\|');
}
