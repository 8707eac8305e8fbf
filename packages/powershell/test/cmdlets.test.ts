import { readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openRunspace } from './runspace-in-process.ts';

function outcome(script: string): string[] {
  const { run, errors } = openRunspace();
  return [...run(script), ...errors().map((one) => one.replace(/ \S+$/, ''))];
}

describe('the object cmdlets', () => {
  test('Select-Object -First ends what comes before it', () => {
    expect(outcome('$n = 0; 1..1000 | ForEach-Object { $n++; $_ } | Select-Object -First 2; $n')).toEqual([
      '1',
      '2',
      '2',
    ]);
  });

  test('Select-Object takes -Last, -Skip and -SkipLast together as PowerShell does', () => {
    expect(
      outcome(
        "(1..10 | Select-Object -Last 3 -Skip 2) -join ','; (1..10 | Select-Object -First 2 -Last 2) -join ','; (1..5 | Select-Object -SkipLast 2 -Skip 1) -join ','; (1..5 | Select-Object -Index 3, 0) -join ','",
      ),
    ).toEqual(['6,7,8', '1,2,9,10', '2,3', '1,4']);
  });

  test('Sort-Object -Stable keeps the order of equals; missing properties come last either way', () => {
    expect(
      outcome(
        "$r = @{ k = 2; n = 1 }, @{ k = 1; n = 2 }, @{ k = 2; n = 3 }, @{ n = 4 } | ForEach-Object { [pscustomobject]$_ }; ($r | Sort-Object k -Stable).n -join ''; ($r | Sort-Object k -Descending -Stable).n -join ''",
      ),
    ).toEqual(['2134', '1324']);
  });

  test('properties given as hashtables are checked for their keys', () => {
    const ids = (property: string) => outcome(`1 | Select-Object ${property}`).map((id) => id.replace(/,.*/, ''));
    expect(ids('@{ x = 1 }')).toEqual(['DictionaryKeyIllegal']);
    expect(ids('@{ n = "a" }')).toEqual(['DictionaryKeyMandatoryEntry']);
    expect(ids('@{ e = 5 }')).toEqual(['DictionaryKeyIllegalValue1']);
    expect(ids('@{ n = "a"; name = "b"; e = "c" }')).toEqual(['DictionaryKeyDuplicate']);
    expect(ids('@{ 1 = 2 }')).toEqual(['DictionaryKeyNonString']);
  });

  test('members named like those of JavaScript objects are members like others', () => {
    expect(
      outcome(
        '$o = [pscustomobject]@{ constructor = 1; __proto__ = 2 }; ($o | Select-Object __proto__, constructor | ConvertTo-Json -Compress); ($o, $o | Group-Object constructor).Name; ($o | Measure-Object __proto__ -Sum).Sum',
      ),
    ).toEqual(['{"__proto__":2,"constructor":1}', '1', '2']);
  });
});

describe('variables by cmdlet', () => {
  test('that are read-only are changed with -Force, constants never', () => {
    expect(
      outcome(
        'Set-Variable r 1 -Option ReadOnly; Set-Variable r 2 -Force; $r; New-Variable c 1 -Option Constant; Set-Variable c 2 -Force; $c; Remove-Variable c -Force',
      ),
    ).toEqual([
      '2',
      '1',
      'VariableNotWritable,Microsoft.PowerShell.Commands.SetVariableCommand',
      'VariableNotRemovable,Microsoft.PowerShell.Commands.RemoveVariableCommand',
    ]);
  });

  test('are those of the scope that -Scope names', () => {
    expect(
      outcome(
        "function F { Set-Variable v up -Scope 1; $v = 'own'; Get-Variable v -ValueOnly -Scope 0; Get-Variable v -ValueOnly -Scope 1 } $v = 'old'; F; $v",
      ),
    ).toEqual(['own', 'up', 'up']);
  });
});

describe('items', () => {
  test('outside of what was granted are refused, and are not there for a question', () => {
    const { run, errors, folder } = openRunspace();
    symlinkSync('/etc', join(folder, 'link'));
    expect(run('Test-Path /etc/passwd; Test-Path link/passwd; Test-Path ../..')).toEqual(['False', 'False', 'False']);
    expect(
      run(
        "Get-Content /etc/passwd; Get-Content link/passwd; Get-Item /etc; Import-Csv /etc/passwd; Copy-Item /etc/passwd x; 'v' > /etc/none; Set-Content link/none v",
      ),
    ).toEqual([]);
    expect(errors().length).toBe(7);
  });

  test('lines of a file end in any of the three ways, the last with or without', () => {
    const { run, folder } = openRunspace();
    writeFileSync(join(folder, 'l.txt'), 'a\r\nb\rc\nd');
    expect(
      run("(Get-Content l.txt) -join '|'; (Get-Content l.txt -Tail 2) -join '|'; (Get-Content l.txt -TotalCount 1)"),
    ).toEqual(['a|b|c|d', 'c|d', 'a']);
  });

  test('are written in the encoding asked for, with its mark', () => {
    const { run, folder } = openRunspace();
    run(
      "'é' | Set-Content u.txt -Encoding unicode; 'é' | Out-File b.txt -Encoding utf8BOM; 'é' | Set-Content a.txt -Encoding ascii",
    );
    expect([...readFileSync(join(folder, 'u.txt'))]).toEqual([0xff, 0xfe, 0xe9, 0, 10, 0]);
    expect([...readFileSync(join(folder, 'b.txt'))]).toEqual([0xef, 0xbb, 0xbf, 0xc3, 0xa9, 10]);
    expect([...readFileSync(join(folder, 'a.txt'))]).toEqual([0x3f, 10]);
  });

  test('a folder with something in it is not removed without -Recurse: nobody can be asked', () => {
    expect(
      outcome(
        "$null = New-Item d -ItemType Directory; 'x' > d/f; Remove-Item d; Test-Path d/f; Remove-Item d -Recurse; Test-Path d",
      ),
    ).toEqual(['True', 'False', 'RemoveFileSystemItemIOError,Microsoft.PowerShell.Commands.RemoveItemCommand']);
  });
});

describe('text of objects', () => {
  test('custom objects of up to four properties are a table, others a list', () => {
    const { run } = openRunspace();
    expect(run("[pscustomobject]@{ a = 1; b = 'x' }, [pscustomobject]@{ a = 10; b = 'xyz' } | Out-String")).toEqual([
      '\n a b\n - -\n 1 x\n10 xyz\n\n',
    ]);
    expect(run('[pscustomobject]@{ a = 1; b = 2; cc = 3; d = 4; e = $null } | Out-String')).toEqual([
      '\na  : 1\nb  : 2\ncc : 3\nd  : 4\ne  : \n\n',
    ]);
  });
});
