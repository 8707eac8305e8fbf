import { appendFileSync, readFileSync, symlinkSync, truncateSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { temporaryFolder } from '../../../testing/folder.ts';
import { check } from '../src/check/index.ts';
import { BudgetExceeded, RunBudget } from '../src/sandbox/run-budget.ts';
import { encodingByCodePage } from '../src/types/text/encoding.ts';
import { allEncodings } from '../src/types/text/encoding-table.ts';
import { GrantedFiles } from '../src/world/files.ts';
import { GrantedPaths } from '../src/world/granted-paths.ts';
import { openEngine, openRun, outputOf } from './open-engine.ts';
import { openRunspace } from './runspace-in-process.ts';

/** A budget that allows values of so many bytes. */
function values(valueBytes: number): RunBudget {
  return new RunBudget({
    milliseconds: 20_000,
    callDepth: 100,
    valueBytes,
    memoryBytes: 2 ** 30,
    outputBytes: 2 ** 30,
  });
}

describe('files that change while they are read', () => {
  const open = '$r = [IO.StreamReader]::new("f.txt"); $r.ReadLine()';

  test('a reader at the end sees what is appended later', () => {
    const { run, folder } = openRunspace();
    const file = join(folder, 'f.txt');
    writeFileSync(file, 'one\n');
    expect(run(`${open}; $null -eq $r.ReadLine()`)).toEqual(['one', 'True']);
    appendFileSync(file, 'two\n');
    expect(run('$r.ReadLine(); $null -eq $r.ReadLine()')).toEqual(['two', 'True']);
  });

  test('a file that shrinks ends where it ends now', () => {
    const { run, folder } = openRunspace();
    const file = join(folder, 'f.txt');
    writeFileSync(file, `first\n${'x'.repeat(100_000)}\n`);
    expect(run(open)).toEqual(['first']);
    truncateSync(file, 10);
    // What was read ahead is there; nothing after it is.
    expect(run('$r.ReadToEnd().Length -lt 100000; $r.EndOfStream')).toEqual(['True', 'True']);
  });

  test('a file that is deleted is read to its end', () => {
    const { run, folder } = openRunspace();
    const file = join(folder, 'f.txt');
    writeFileSync(file, `first\n${'x'.repeat(100_000)}`);
    expect(run(open)).toEqual(['first']);
    unlinkSync(file);
    expect(run('$r.ReadToEnd().Length; [IO.File]::Exists("f.txt")')).toEqual(['100000', 'False']);
  });

  test('a file that shrinks below a position reads as ended, and grows when written there', () => {
    const { run, folder } = openRunspace();
    writeFileSync(join(folder, 'f.bin'), 'abcdef');
    run('$s = [IO.File]::Open("f.bin", "Open", "ReadWrite"); $s.Position = 5');
    truncateSync(join(folder, 'f.bin'), 1);
    expect(run('$s.ReadByte(); $s.WriteByte(66); $s.Close(); [IO.File]::ReadAllBytes("f.bin") -join ","')).toEqual([
      '-1',
      '97,0,0,0,0,66',
    ]);
  });
});

describe('streams stream', () => {
  test('a file larger than any value may be is read line by line, copied and hashed', () => {
    const { run, folder } = openRunspace();
    writeFileSync(join(folder, 'big.txt'), `${'x'.repeat(99)}\n`.repeat(50_000));
    const script = `
      $r = [IO.StreamReader]::new("big.txt"); $n = 0; while ($null -ne $r.ReadLine()) { $n++ }; $r.Close(); $n
      $n = 0; foreach ($l in [IO.File]::ReadLines("big.txt")) { $n++ }; $n
      $a = [IO.File]::OpenRead("big.txt"); $b = [IO.File]::Create("copy.txt"); $a.CopyTo($b); $b.Close(); $a.Close()
      (Get-FileHash copy.txt).Hash -eq (Get-FileHash big.txt).Hash`;
    expect(run(script, { budget: values(2 ** 20) })).toEqual(['50000', '50000', 'True']);
  });

  test.each([
    ['a line', '[IO.StreamReader]::new("big.txt").ReadLine()'],
    ['the rest', '[IO.StreamReader]::new("big.txt").ReadToEnd()'],
    ['all text', '[IO.File]::ReadAllText("big.txt")'],
    ['all bytes', '[IO.File]::ReadAllBytes("big.txt")'],
    [
      'what a small file decompresses to',
      '[IO.StreamReader]::new([IO.Compression.GZipStream]::new([IO.File]::OpenRead("big.gz"), [IO.Compression.CompressionMode]::Decompress)).ReadLine()',
    ],
    ['a memory stream', '[IO.MemoryStream]::new(2000000000)'],
    ['random bytes', '[Security.Cryptography.RandomNumberGenerator]::GetBytes(2000000000)'],
  ])('%s over the limit ends the run', (_what, script) => {
    const { run, folder } = openRunspace();
    writeFileSync(join(folder, 'big.txt'), 'x'.repeat(6_000_000));
    writeFileSync(join(folder, 'big.gz'), gzipSync(Buffer.alloc(50_000_000)));
    expect(() => run(script, { budget: values(2 ** 22) })).toThrow(BudgetExceeded);
  });

  test('many small pieces are few writes', async () => {
    const { run, runspace, folder } = openRunspace();
    let writes = 0;
    const budget = { reserve: () => {}, emit: () => writes++ };
    const files = new GrantedFiles(new GrantedPaths([{ path: folder, access: 'write' }]), budget);
    Object.assign(runspace.session.world, { files });
    run(
      '$w = [IO.StreamWriter]::new("f.txt"); for ($i = 0; $i -lt 100000; $i++) { $w.WriteLine("line $i") }; $w.Close()',
    );
    expect(readFileSync(join(folder, 'f.txt'), 'utf8').split('\n')).toHaveLength(100_001);
    expect(writes).toBeLessThan(200);
  });

  test('what a script leaves open is closed with its session', () => {
    const { run, runspace } = openRunspace();
    run('$s = [IO.File]::Create("f.txt"); $s.WriteByte(65); $s.Flush()');
    expect(run('try { [IO.File]::ReadAllText("f.txt") } catch { "in use" }')).toEqual(['in use']);
    runspace.session.world.files.closeAll();
    expect(
      run(
        '[IO.File]::ReadAllText("f.txt"); try { $s.WriteByte(66); $s.Flush() } catch { $_.Exception.InnerException.GetType().Name }',
      ),
    ).toEqual(['A', 'ObjectDisposedException']);
  });

  test('a search pattern takes no longer than its length and that of the name', () => {
    const { run, folder } = openRunspace();
    writeFileSync(join(folder, 'a'.repeat(200)), '');
    expect(run(`[IO.Directory]::GetFiles(".", "${'*a'.repeat(100)}b").Count`)).toEqual(['0']);
  });
});

describe('a folder that may only be read', () => {
  test('no member of System.IO writes to it, and none leads out of it', async () => {
    const root = await temporaryFolder();
    const outside = await temporaryFolder();
    writeFileSync(join(root, 'f.txt'), 'text');
    writeFileSync(join(outside, 'secret.txt'), 'secret');
    symlinkSync(outside, join(root, 'link'));
    const engine = await openEngine({ roots: [{ path: root, access: 'read' }] });
    const run = await engine.run();
    const attempts = [
      '[IO.File]::WriteAllText("ROOT/f.txt", "x")',
      '[IO.File]::AppendAllText("ROOT/f.txt", "x")',
      '[IO.File]::WriteAllBytes("ROOT/g.txt", [byte[]](1))',
      '[IO.File]::Delete("ROOT/f.txt")',
      '[IO.File]::Move("ROOT/f.txt", "ROOT/g.txt")',
      '[IO.File]::Copy("ROOT/f.txt", "ROOT/g.txt")',
      '[IO.File]::Replace("ROOT/f.txt", "ROOT/f.txt", $null)',
      '[IO.File]::SetLastWriteTimeUtc("ROOT/f.txt", [datetime]::UtcNow)',
      '[IO.File]::SetAttributes("ROOT/f.txt", "ReadOnly")',
      '[IO.File]::Open("ROOT/f.txt", "Open", "ReadWrite")',
      '[IO.FileStream]::new("ROOT/f.txt", "Append")',
      '[IO.StreamWriter]::new("ROOT/f.txt")',
      '[IO.FileInfo]::new("ROOT/f.txt").Delete()',
      '[IO.FileInfo]::new("ROOT/f.txt").OpenWrite()',
      '[IO.Directory]::CreateDirectory("ROOT/sub")',
      '[IO.Directory]::Delete("ROOT", $true)',
      '[IO.DirectoryInfo]::new("ROOT").CreateSubdirectory("sub")',
      '[IO.Path]::GetTempFileName()',
      '[IO.File]::ReadAllText("ROOT/link/secret.txt")',
      '[IO.File]::OpenRead("ROOT/../secret.txt")',
      '[IO.StreamReader]::new("/etc/passwd")',
      '[IO.FileInfo]::new("/etc/passwd").OpenText()',
      '[IO.Directory]::GetFiles("/etc")',
    ].map((attempt) => attempt.replaceAll('ROOT', root));
    const script = `foreach ($text in $args) { try { [void](& ([scriptblock]::Create($text))); "done: $text" } catch { $_.Exception.InnerException.GetType().Name } }`;
    const output = await outputOf(run, `& { ${script} } ${attempts.map((one) => `'${one}'`).join(' ')}`);
    expect(output).toEqual(attempts.map(() => 'UnauthorizedAccessException'));
    expect(await outputOf(run, `[IO.Directory]::GetFiles('${root}', '*', 'AllDirectories').Count`)).toEqual([2]);
    expect(readFileSync(join(root, 'f.txt'), 'utf8')).toBe('text');
  });
});

describe('secrets', () => {
  const secret = 'S3cret-Geheim';
  const made = `
    $s = ConvertTo-SecureString '${secret}' -AsPlainText -Force
    $c = [pscredential]::new('anna', $s)
    $h = [Security.Cryptography.HMACSHA256]::new([Text.Encoding]::UTF8.GetBytes('${secret}'))
    $k = [Security.Cryptography.Rfc2898DeriveBytes]::new('${secret}', [byte[]](1..8), 1)`;

  test('do not leave the process, whatever carries them', async () => {
    const run = await openRun();
    const output = await outputOf(
      run,
      `${made}\n$s; $c; $h; $k; $c.GetNetworkCredential(); @{ a = $s; b = $c }, [pscustomobject]@{ p = $c; q = @($s) }`,
    );
    expect(JSON.stringify(output)).not.toContain(secret);
  });

  test('are in no text, table, error, JSON or check', () => {
    const { run } = openRunspace();
    const text = run(`${made}
      "$s $c $h $k"; $s, $c, $h | Out-String; $c | Format-List * | Out-String; $s, $c | ConvertTo-Json -Depth 5
      try { [int]$s } catch { "$_ " + ($_ | Out-String) + $_.InvocationInfo.Line.Length }
      try { $s.RemoveAt(99) } catch { "$_" }
      try { [pscredential]::new($s, $s) } catch { "$_" }
      try { $c.Password.Nope() } catch { "$_" }
      Get-Variable s, c | Out-String`).join('\n');
    expect(text).toContain('System.Security.SecureString');
    expect(text).not.toContain(secret);
    const report = check([
      { text: '$p = ConvertTo-SecureString $env:PW -AsPlainText -Force; $p.Nope()', file: undefined },
    ]);
    expect(JSON.stringify(report)).not.toContain(secret);
  });

  test('texts encrypted by a key are new each time and read back; a wrong key tells nothing', () => {
    const { run, errors } = openRunspace();
    const [isNew, back, wrong] = run(`${made}
      $one = ConvertFrom-SecureString $s -Key ([byte[]](1..32)); $two = ConvertFrom-SecureString $s -Key ([byte[]](1..32)); $one -cne $two
      [Net.NetworkCredential]::new('', (ConvertTo-SecureString $two -Key ([byte[]](1..32)))).Password
      $null -eq (ConvertTo-SecureString $two -Key ([byte[]](2..33)))`);
    expect([isNew, back, wrong]).toEqual(['True', secret, 'True']);
    expect(errors()).toEqual([expect.stringContaining('ImportSecureString_InvalidArgument_CryptographicError')]);
  });

  test('Get-Credential says what to do instead', () => {
    const { run } = openRunspace();
    expect(run('try { Get-Credential } catch { "$_" }')[0]).toMatch(/nobody is there to be asked/);
  });

  test('a pointer that stands for nothing is an error of the script', () => {
    const { run } = openRunspace();
    const script = `try { [Runtime.InteropServices.Marshal]::PtrToStringUni([IntPtr]12345) } catch { $_.Exception.InnerException.GetType().Name }
      $p = [Runtime.InteropServices.Marshal]::SecureStringToBSTR((ConvertTo-SecureString 'x' -AsPlainText -Force))
      [Runtime.InteropServices.Marshal]::PtrToStringAuto($p); [Runtime.InteropServices.Marshal]::ZeroFreeBSTR($p)
      try { [Runtime.InteropServices.Marshal]::PtrToStringBSTR($p) } catch { 'freed' }`;
    expect(run(script)).toEqual(['AccessViolationException', 'x', 'freed']);
  });
});

describe('encodings', () => {
  const encodings = allEncodings().map(({ codePage, name }) => ({ name, codePage }));

  test.each(encodings)('$name reads and writes in pieces what it does at once', ({ codePage }) => {
    const encoding = encodingByCodePage(codePage);
    if (encoding === undefined) throw new Error('not known');
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 40 }),
        fc.string({ unit: 'grapheme', maxLength: 10 }),
        fc.nat(40),
        (bytes, text, cut) => {
          const decoding = encoding.decoding();
          const pieces = decoding.decode(bytes.subarray(0, cut), false) + decoding.decode(bytes.subarray(cut), true);
          expect(pieces).toBe(encoding.decode(bytes));
          const writing = encoding.encoding();
          const parts = [...writing.encode(text.slice(0, cut), false), ...writing.encode(text.slice(cut), true)];
          expect(parts).toEqual([...encoding.encode(text)]);
        },
      ),
      { numRuns: 60 },
    );
  });

  test.each(encodings.filter(({ codePage }) => encodingByCodePage(codePage)?.codec.isSingleByte))(
    '$name reads back every byte that it has a character for',
    ({ codePage }) => {
      const encoding = encodingByCodePage(codePage);
      for (let byte = 0; byte < 256; byte++) {
        const char = encoding?.decode(Uint8Array.of(byte)) ?? '';
        if (char !== '?' && char !== '\ufffd') expect(encoding?.encode(char)).toEqual(Uint8Array.of(byte));
      }
    },
  );
});
