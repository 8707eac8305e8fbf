/*
 * What runs the scripts, in PowerShell itself: each writes lines of text, errors with all that a script can ask of them.
 */

/** Defines `Show-Answer { … }`, which writes one line for each object. */
export const webFrame = `
function Show-Error($e) {
  $inner = $e.Exception.InnerException
  'error ' + $e.FullyQualifiedErrorId + ' | ' + $e.CategoryInfo.Category + ' | ' + $e.Exception.GetType().FullName + ' | ' + $e.Exception.Message
  if ($inner) { 'inner ' + $inner.GetType().FullName + ' | ' + $inner.Message }
  if ($e.ErrorDetails) { 'details ' + $e.ErrorDetails.Message }
}
function Show-Answer([scriptblock] $block) {
  try {
    & $block *>&1 | ForEach-Object {
      if ($_ -is [System.Management.Automation.ErrorRecord]) { Show-Error $_ }
      elseif ($_ -is [System.Management.Automation.VerboseRecord]) { "verbose $_" }
      elseif ($_ -is [string]) { $_ }
      else { '[' + $_.GetType().Name + '] ' + ($_ | ConvertTo-Json -Compress -Depth 5) }
    }
  } catch { 'ended'; Show-Error $_ }
}
`;

/** The scripts as one that writes a list of answers as JSON, each a list of lines. */
export function framed(scripts: readonly string[], variables: Readonly<Record<string, string>>): string {
  const settings = Object.entries(variables).map(([name, value]) => `$${name} = '${value}'`);
  const parts = scripts.map((script) => {
    const quoted = script.replaceAll("'", "''");
    return `$all.Add(@(Show-Answer ([scriptblock]::Create('${quoted}'))))
Get-ChildItem | Remove-Item -Recurse`;
  });
  return [
    "$ProgressPreference = 'SilentlyContinue'",
    ...settings,
    webFrame,
    '$all = [System.Collections.Generic.List[object]]::new()',
    ...parts,
    'foreach ($lines in $all) { ConvertTo-Json -Compress @($lines | ForEach-Object { "$_" }) }',
  ].join('\n');
}
