import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { manifestViolation } from '../src/modules/data-language.ts';
import { compareVersions } from '../src/modules/manifest.ts';
import { prefixed } from '../src/modules/members.ts';
import { parse } from '../src/syntax/parse.ts';
import { openRunspace } from './runspace-in-process.ts';

function withFiles(files: Readonly<Record<string, string>>) {
  const opened = openRunspace();
  for (const [name, text] of Object.entries(files)) {
    const path = join(opened.folder, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }
  return {
    ...opened,
    outcome: (script: string) => [...opened.run(script), ...opened.errors().map((one) => one.replace(/ \S+$/, ''))],
  };
}

describe('the data language', () => {
  test('a manifest may compute and name its folder, not run commands', () => {
    const violation = (text: string) => manifestViolation(parse({ text, file: undefined }).ast);
    expect(violation('@{ a = "$PSScriptRoot/x"; b = 1 + 2 }')).toBeUndefined();
    expect(violation('@{ a = Get-Date }')).toContain("The command 'Get-Date' is not allowed");
    expect(violation('@{ a = $x }')).toContain('A variable that cannot be referenced');
    expect(violation("@{ a = 'x'.ToUpper() }")).toContain('Method calls are not allowed');
  });
});

describe('modules', () => {
  test('versions compare part by part, missing parts first', () => {
    expect(compareVersions('1.10', '1.9')).toBeGreaterThan(0);
    expect(compareVersions('1.0', '1.0.0')).toBeLessThan(0);
    expect(compareVersions('7.6.5', '7.6.5')).toBe(0);
  });

  test('a prefix goes before the noun', () => {
    expect(prefixed('Get-Thing', 'My')).toBe('Get-MyThing');
    expect(prefixed('thing', 'My')).toBe('Mything');
  });

  test('with versions: what a manifest is too old for is not imported', () => {
    const { outcome } = withFiles({
      'M.psd1': "@{ ModuleVersion = '1.2.3'; RootModule = 'M.psm1' }",
      'M.psm1': 'function Get-M { 1 }',
    });
    expect(
      outcome(
        'Import-Module ./M.psd1 -MinimumVersion 3.0; [bool](Get-Module M); (Import-Module ./M.psd1 -RequiredVersion 1.2.3 -PassThru).Version.ToString(); Get-M',
      ),
    ).toEqual([
      'False',
      '1.2.3',
      '1',
      'Modules_ModuleWithVersionNotFound,Microsoft.PowerShell.Commands.ImportModuleCommand',
    ]);
  });

  test.each([
    ['no version', "@{ RootModule = 'x.psm1' }", 'Modules_InvalidManifest'],
    ['an unknown member', "@{ ModuleVersion = '1.0'; Foo = 1 }", 'Modules_InvalidManifestMember'],
    [
      'a root module that is not there',
      "@{ ModuleVersion = '1.0'; RootModule = 'none.psm1' }",
      'Modules_ModuleFileNotFound',
    ],
    [
      'a required module that is not there',
      "@{ ModuleVersion = '1.0'; RequiredModules = 'none' }",
      'Modules_InvalidManifest',
    ],
    [
      'a newer PowerShell',
      "@{ ModuleVersion = '1.0'; PowerShellVersion = '99.0' }",
      'Modules_InsufficientPowerShellVersion',
    ],
    ['a command', '@{ ModuleVersion = (Get-Date) }', 'Modules_InvalidManifest'],
    ['no table', '1', 'Modules_InvalidManifest'],
  ])('a manifest with %s is refused', (_title, text, id) => {
    const { outcome } = withFiles({ 'M.psd1': text });
    expect(outcome('Import-Module ./M.psd1')).toEqual([`${id},Microsoft.PowerShell.Commands.ImportModuleCommand`]);
  });

  test('required modules are imported for the importer, nested ones for the module', () => {
    const { outcome } = withFiles({
      'M.psd1': "@{ ModuleVersion = '1.0'; NestedModules = 'N.psm1'; FunctionsToExport = 'Get-N' }",
      'N.psm1': 'function Get-N { "n$(Get-Hidden)" } function Get-Hidden { 1 }',
    });
    expect(
      outcome('Import-Module ./M.psd1; Get-N; (Get-Module).Name; [bool](Get-Command Get-Hidden -ErrorAction Ignore)'),
    ).toEqual(['n1', 'M', 'False']);
  });

  test('that import each other without end are stopped', () => {
    const { outcome } = withFiles({
      'A.psd1': "@{ ModuleVersion = '1.0'; NestedModules = './B.psd1' }",
      'B.psd1': "@{ ModuleVersion = '1.0'; NestedModules = './A.psd1' }",
    });
    expect(outcome('Import-Module ./A.psd1')).toEqual([
      'Modules_ModuleTooDeeplyNested,Microsoft.PowerShell.Commands.ImportModuleCommand',
    ]);
  });

  test('a module that fails leaves nothing behind', () => {
    const { outcome } = withFiles({ 'B.psm1': "function Get-B { 1 }; $global:began = 1; throw 'no'" });
    expect(
      outcome(
        'try { Import-Module ./B.psm1 } catch { "$_" }; $began; [bool](Get-Module B); [bool](Get-Command Get-B -ErrorAction Ignore)',
      ),
    ).toEqual(['no', '1', 'False', 'False']);
  });

  test('removing a module removes those that only it imported', () => {
    const { outcome } = withFiles({
      'O.psm1': 'Import-Module $PSScriptRoot/I.psm1',
      'I.psm1': 'function Get-I { 1 }',
    });
    expect(
      outcome(
        'Import-Module ./O.psm1; Get-I; Remove-Module O; [bool](Get-Command Get-I -ErrorAction Ignore); (Get-Module -All).Count',
      ),
    ).toEqual(['1', 'False', '0']);
  });

  test('of names that are members of every JavaScript object are modules like others', () => {
    const { outcome } = withFiles({
      'constructor.psm1': 'function __proto__ { "p" }; $toString = 5; Export-ModuleMember -Function * -Variable *',
    });
    expect(
      outcome(
        'Import-Module ./constructor.psm1; __proto__; $toString; (Get-Module constructor).ExportedFunctions.Keys',
      ),
    ).toEqual(['p', '5', '__proto__']);
  });

  test('used by a script that needs one which is not there, the script does not run', () => {
    const { outcome } = withFiles({
      'name.ps1': "using module none\n'ran'",
      'path.ps1': "using module ./none.psm1\n'ran'",
      'requires.ps1': "#requires -Modules none\n'ran'",
    });
    const ids = "foreach ($s in 'name', 'path', 'requires') { try { & ./$s.ps1 } catch { $_.FullyQualifiedErrorId } }";
    expect(outcome(ids)).toEqual([
      'ModuleNotFoundDuringParse',
      'Modules_ModuleNotFound,Microsoft.PowerShell.Commands.ImportModuleCommand',
      'ScriptRequiresMissingModules',
    ]);
  });
});
