import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { RunBudget } from '../src/sandbox/run-budget.ts';
import { openRunspace } from './runspace-in-process.ts';

const mebibyte = 2 ** 20;

/** A runspace whose values are small, beside a file that is much larger than any of them. */
function besideLargeFile() {
  const opened = openRunspace();
  const lines = Array.from({ length: 100_000 }, (_, at) => `line ${at} ${'x'.repeat(60)}`);
  writeFileSync(join(opened.folder, 'large.txt'), `${lines.join('\n')}\n`);
  const limits = {
    milliseconds: 20_000,
    callDepth: 100,
    valueBytes: mebibyte,
    memoryBytes: 2 ** 30,
    outputBytes: 2 ** 28,
  };
  return { ...opened, small: (script: string) => opened.run(script, { budget: new RunBudget(limits) }) };
}

describe('Get-Content', () => {
  test('reads a file of any size line by line, ends when nobody wants more, and keeps only the end for -Tail', () => {
    const { small } = besideLargeFile();
    expect(small('Get-Content large.txt | Select-Object -First 1 | ForEach-Object { $_.Substring(0, 6) }')).toEqual([
      'line 0',
    ]);
    expect(small('(Get-Content large.txt | Measure-Object).Count')).toEqual(['100000']);
    expect(small('(Get-Content large.txt -Tail 2).Substring(0, 11)')).toEqual(['line 99998 ', 'line 99999 ']);
    expect(small('(Get-Content large.txt -TotalCount 3).Count')).toEqual(['3']);
    expect(small('(Get-Content large.txt -AsByteStream -TotalCount 4) -join " "')).toEqual(['108 105 110 101']);
  });

  test('closes the file whoever leaves early', () => {
    const { run, folder } = openRunspace();
    writeFileSync(join(folder, 'a.txt'), 'x\n'.repeat(100_000));
    expect(run('foreach ($n in 1..1500) { $l = Get-Content a.txt | Select-Object -First 1 }; "$l"')).toEqual(['x']);
  });

  test('a line without an end is ended by the budget', () => {
    const { folder, small } = besideLargeFile();
    writeFileSync(join(folder, 'long.txt'), 'x'.repeat(8 * mebibyte));
    expect(() => small('Get-Content long.txt | ForEach-Object Length')).toThrow(/larger|bytes/);
  });
});

describe('drives', () => {
  test('lead nowhere that is not granted', () => {
    const { run, folder, errors } = openRunspace();
    mkdirSync(join(folder, 'data'));
    symlinkSync('/etc', join(folder, 'link'));
    const script =
      "foreach ($root in '/etc', '/', 'link', 'FileSystem::/etc', '../..') { New-PSDrive E FileSystem $root }; Test-Path E:";
    expect(run(script)).toEqual(['False']);
    expect(errors().map((one) => one.split(',')[0])).toEqual(Array.from({ length: 5 }, () => 'DriveRootError'));
    run('$null = New-PSDrive D FileSystem data -Scope Global');
    for (const path of [
      'D:\\..\\link\\passwd',
      'D:/../../../etc/passwd',
      'D:..\\..\\..\\etc\\passwd',
      'D:\\*\\..\\..\\link\\passwd',
    ]) {
      expect(run(`Get-Content '${path}'`), path).toEqual([]);
    }
    // The folder becomes a link to elsewhere after the drive was made.
    rmSync(join(folder, 'data'), { recursive: true });
    symlinkSync('/etc', join(folder, 'data'));
    expect(run('Get-Content D:\\passwd; Get-ChildItem D:; Test-Path D:\\passwd')).toEqual(['False']);
  });

  test('a location on a drive that is gone is an error, not the end', () => {
    const { run, folder } = openRunspace();
    mkdirSync(join(folder, 'data'));
    run('$null = New-PSDrive D FileSystem data -Scope Global; Set-Location D:; Remove-PSDrive D -Force');
    expect(run('Get-Content in.txt; "after"')).toEqual(['after']);
  });
});

describe('changes of files', () => {
  test('a folder is not copied or moved into itself', () => {
    const { run, folder, errors } = openRunspace();
    mkdirSync(join(folder, 'a', 'b'), { recursive: true });
    run('Copy-Item a a/b/c -Recurse; Move-Item a a/b/c; Copy-Item a a -Recurse');
    expect(errors().map((one) => one.split(',')[0])).toEqual(['CopyError', 'MoveItemArgumentError', 'CopyError']);
  });

  test('links within the folder are not followed when it is removed', () => {
    const { run, folder } = openRunspace();
    mkdirSync(join(folder, 'kept'));
    writeFileSync(join(folder, 'kept', 'x.txt'), 'x');
    mkdirSync(join(folder, 'gone'));
    symlinkSync(join(folder, 'kept'), join(folder, 'gone', 'link'));
    expect(run('Remove-Item gone -Recurse; Test-Path gone; Get-Content kept/x.txt')).toEqual(['False', 'x']);
  });

  test.each([
    ['a NUL in a path', 'Get-Content "a`0b"; Test-Path "a`0b"; \'after\'', ['False', 'after']],
    ['a name that is too long', "Set-Content ('x' * 5000) 1; Test-Path ('x' * 5000); 'after'", ['False', 'after']],
    ['a pattern that tries much', "Test-Path ('*a' * 2000 + 'b'); 'after'", ['False', 'after']],
    ['a pattern that is none', "Get-ChildItem '[z-a]'; Test-Path '[a'; 'after'", ['False', 'after']],
    ['a path of dots', "Resolve-Path ('../' * 5000); 'after'", ['after']],
    [
      'a drive of an odd name',
      "New-PSDrive 'a*' FileSystem . | ForEach-Object Name; Test-Path 'b:'; 'after'",
      ['a*', 'False', 'after'],
    ],
  ])('%s', (_, script, expected) => {
    const { run } = openRunspace();
    expect(run(script)).toEqual(expected);
  });
});
