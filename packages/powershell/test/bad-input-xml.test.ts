import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeClixml, encodeClixml } from '../src/types/xml/clixml/clixml-text.ts';
import { readXml } from '../src/types/xml/read-xml.ts';
import { outerXml } from '../src/types/xml/write-xml.ts';
import { XmlNode } from '../src/types/xml/xml-node.ts';
import { openRunspace } from './runspace-in-process.ts';

/** What a script says that catches whatever its last statement throws. */
function caught(script: string): string {
  return `try { ${script} } catch { $e = $_.Exception; while ($e.InnerException) { $e = $e.InnerException }; $e.Message }`;
}

/** Runs a script and answers its output and how long it took. */
function timed(script: string, milliseconds = 10_000): { output: string[]; took: number } {
  const { run } = openRunspace();
  const start = performance.now();
  const output = run(script, { milliseconds });
  return { output, took: performance.now() - start };
}

const quick = 4_000;

describe('entities', () => {
  const bomb = `$d = '<!DOCTYPE r [<!ENTITY a "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa">'
    $last = 'a'
    foreach ($n in 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i') { $d += '<!ENTITY ' + $n + ' "' + "&$last;" * 10 + '">'; $last = $n }
    $d += ']><r>&i;</r>'
    `;

  test('that grow without end stop at the limit of a cast', () => {
    const { output, took } = timed(`${bomb}${caught('[xml]$d')}`);
    expect(output).toEqual([
      expect.stringContaining('The input document has exceeded a limit set by MaxCharactersFromEntities.'),
    ]);
    expect(took).toBeLessThan(quick);
  });

  test('that grow without end stop at the limit of LoadXml', () => {
    const { output, took } = timed(`${bomb}${caught('$x = [xml]::new(); $x.LoadXml($d)')}`);
    expect(output).toEqual(['The input document has exceeded a limit set by MaxCharactersFromEntities.']);
    expect(took).toBeLessThan(quick);
  });

  test('of many references grow no further either', () => {
    const script = `$d = '<!DOCTYPE r [<!ENTITY a "' + 'x' * 1000 + '">]><r>' + '&a;' * 20000 + '</r>'
      ${caught('[System.Xml.XmlDocument]::new().LoadXml($d)')}`;
    expect(timed(script).output).toEqual(['The input document has exceeded a limit set by MaxCharactersFromEntities.']);
  });

  test('that refer to themselves are refused', () => {
    const script = caught(`[xml]'<!DOCTYPE r [<!ENTITY a "&b;"><!ENTITY b "&a;">]><r>&a;</r>'`);
    expect(timed(script).output).toEqual([expect.stringContaining("General entity 'a' references itself.")]);
  });

  test('from outside are never read: neither files nor hosts', () => {
    const { run, folder } = openRunspace();
    writeFileSync(join(folder, 'secret.txt'), 'secret');
    const uris = [`file://${folder}/secret.txt`, `${folder}/secret.txt`, 'http://127.0.0.1:1/x'];
    for (const uri of uris) {
      const script = `$x = [xml]'<!DOCTYPE r [<!ENTITY s SYSTEM "${uri}"><!ENTITY % p SYSTEM "${uri}"> %p;]><r>[&s;]</r>'
        $x.DocumentElement.InnerText
        $y = [xml]::new(); $y.LoadXml('<!DOCTYPE r SYSTEM "${uri}"><r>[]</r>'); $y.DocumentElement.InnerText`;
      expect(run(script)).toEqual(['[]', '[]']);
    }
  });

  test('of a document type are forbidden in Clixml', () => {
    const script = caught(
      `[System.Management.Automation.PSSerializer]::Deserialize('<!DOCTYPE a [<!ENTITY x "y">]><Objs Version="1.1.0.1" xmlns="http://schemas.microsoft.com/powershell/2004/04"><S>&x;</S></Objs>')`,
    );
    expect(timed(script).output).toEqual([expect.stringContaining('DTD is prohibited')]);
  });
});

describe('depth and size', () => {
  const deep = "$n = 100000; $x = [xml]('<a>' * $n + 't' + '</a>' * $n);";

  test('a hundred thousand levels are read, written, searched, copied and taken apart', () => {
    const { output, took } = timed(`${deep}
      $x.OuterXml.Length; $x.DocumentElement.InnerText; $x.SelectNodes('//a').Count
      $x.CloneNode($true).OuterXml.Length; $x.GetElementsByTagName('a').Count
      $x.DocumentElement.RemoveAll(); $x.OuterXml`);
    expect(output).toEqual(['700001', 't', '100000', '700001', '100000', '<a></a>']);
    expect(took).toBeLessThan(quick);
  });

  test('a hundred thousand levels that each declare a prefix take no more than their number', () => {
    const { output, took } = timed(`$s = [System.Text.StringBuilder]::new()
      foreach ($i in 1..20000) { [void] $s.Append("<p$($i):a xmlns:p$i='u'>") }
      foreach ($i in 20000..1) { [void] $s.Append("</p$($i):a>") }
      ([xml] $s.ToString()).SelectNodes('//*').Count`);
    expect(output).toEqual(['20000']);
    expect(took).toBeLessThan(quick);
  });

  test('a hundred thousand siblings, attributes and characters of a name', () => {
    const { output, took } = timed(`$x = [xml]('<r>' + '<i/>' * 100000 + '</r>')
      $x.SelectNodes('//i').Count; $x.SelectNodes('/r/i[last()]').Count; $x.SelectNodes('//i | //r').Count
      $n = $x.DocumentElement.FirstChild; $c = 0; while ($n) { $c++; $n = $n.NextSibling }; $c
      $a = [System.Text.StringBuilder]::new('<r'); foreach ($i in 1..50000) { [void] $a.Append(" a$i='$i'") }
      ([xml] $a.Append('/>').ToString()).DocumentElement.Attributes.Count
      ([xml] ('<r a="' + 'x' * 5000000 + '"/>')).DocumentElement.a.Length
      ([xml] ('<' + 'x' * 1000000 + '/>')).DocumentElement.Name.Length`);
    expect(output).toEqual(['100000', '1', '100001', '100000', '50000', '5000000', '1000000']);
    expect(took).toBeLessThan(2 * quick);
  });

  test('a document that never ends its tags, and one of opening signs', () => {
    const { output, took } = timed(`${caught("[xml]('<a>' * 100000)")}
      ${caught("[xml]('<' * 1000000)")}
      ${caught("[xml]('<a ' + 'b=1 ' * 100000)")}
      ${caught("[xml]('<a>' + '&' * 1000000)")}`);
    expect(output).toHaveLength(4);
    expect(took).toBeLessThan(quick);
  });
});

describe('XPath that is slow', () => {
  const wide = "$x = [xml]('<r>' + '<i><j/></i>' * 3000 + '</r>');";
  const slow = [
    '//*[count(//*[count(//*) > 0]) > 0]',
    '//i[. = //j]/preceding::*[. = //j]',
    '//*//*//*[preceding::*//*]',
  ];
  test.each(slow)('%s ends with its time', (path) => {
    const { run } = openRunspace();
    const start = performance.now();
    expect(() => run(`${wide} $x.SelectNodes('${path}').Count`, { milliseconds: 500 })).toThrow(/time|longer|second/i);
    expect(performance.now() - start).toBeLessThan(quick);
  });

  test('nested brackets without end are an error', () => {
    const script = `$x = [xml]'<r/>'
      ${caught("$x.SelectNodes('(' * 50000 + '/r' + ')' * 50000)")}
      ${caught("$x.SelectNodes('/r[' * 20000 + '1' + ']' * 20000)")}
      ${caught("$x.SelectNodes('//' * 100000)")}
      ${caught("$x.SelectNodes('not(' * 20000 + '1' + ')' * 20000)")}`;
    const { output, took } = timed(script);
    expect(output).toHaveLength(4);
    for (const message of output) expect(message).toMatch(/too complex|node-set|invalid token|call depth/);
    expect(took).toBeLessThan(2 * quick);
  });
});

describe('bytes', () => {
  const files = [
    ['nul.xml', Buffer.from('<r>\0</r>'), /invalid character|0x00/],
    [
      'latin.xml',
      Buffer.from([0x3c, 0x72, 0x3e, 0xff, 0x3c, 0x2f, 0x72, 0x3e]),
      /Invalid character in the given encoding/,
    ],
    ['half.xml', Buffer.from('<r>\ud800</r>', 'utf16le'), /root level|invalid character|Invalid character/i],
    ['unknown.xml', Buffer.from('<?xml version="1.0" encoding="no-such"?><r/>'), /not a supported encoding/],
    ['empty.xml', Buffer.alloc(0), /Root element is missing/],
    ['binary.xml', Buffer.from(Array.from({ length: 4096 }, (_, at) => (at * 7919) % 256)), /./],
  ] as const;
  test.each(files)('%s is an error of the script', (name, bytes, message) => {
    const { run, folder } = openRunspace();
    writeFileSync(join(folder, name), bytes);
    const script = `${caught(`$x = [xml]::new(); $x.Load((Join-Path $PWD '${name}'))`)}; ${caught(`Import-Clixml ${name}`)}`;
    const output = run(script);
    expect(output).toHaveLength(2);
    expect(output[0]).toMatch(message);
  });

  test('a file that begins with the mark of UTF-16 is read as that', () => {
    const { run, folder } = openRunspace();
    writeFileSync(join(folder, 'w.xml'), Buffer.from('\ufeff<r>é€😀</r>', 'utf16le'));
    expect(run("$x = [xml]::new(); $x.Load((Join-Path $PWD 'w.xml')); $x.r")).toEqual(['é€😀']);
  });
});

describe('Clixml', () => {
  const serializer = '[System.Management.Automation.PSSerializer]';

  test('objects that hold themselves are written as references and come back as they were', () => {
    const { run } = openRunspace();
    const script = `$o = [pscustomobject]@{ name = 'o'; self = $null }; $o.self = $o
      $h = @{}; $h.me = $h; $l = [System.Collections.ArrayList]::new(); [void] $l.Add($l)
      $o, $h | Export-Clixml c.xml; Export-Clixml -InputObject $l l.xml
      $r = Import-Clixml c.xml; [object]::ReferenceEquals($r[0], $r[0].self); [object]::ReferenceEquals($r[1], $r[1].me)
      $m = Import-Clixml l.xml; [object]::ReferenceEquals($m, $m[0])`;
    expect(run(script)).toEqual(['True', 'True', 'True']);
  });

  test('what is nested without end is cut when written and refused when read', () => {
    const { output, took } = timed(`$d = 1; foreach ($i in 1..5000) { $d = @{ n = $d } }
      ${serializer}::Serialize($d).Contains('Serialized XML is nested too deeply.')
      $open = '<Objs Version="1.1.0.1" xmlns="http://schemas.microsoft.com/powershell/2004/04">'
      ${caught(`${serializer}::Deserialize($open + '<Obj><LST>' * 20000 + '<I32>1</I32>' + '</LST></Obj>' * 20000 + '</Objs>')`)}`);
    expect(output).toEqual(['True', expect.stringContaining('Serialized XML is nested too deeply.')]);
    expect(took).toBeLessThan(quick);
  });

  test('names of members come back whatever they are', () => {
    const { run } = openRunspace();
    const script = `$o = [pscustomobject]@{ '__proto__' = 1; 'constructor' = 2; "a\`nb" = 3; '_x0041_' = 4; '<&"' = 5 }
      $r = ${serializer}::Deserialize(${serializer}::Serialize($o)); ($r.psobject.Properties.Name -join '|') -ceq ($o.psobject.Properties.Name -join '|')
      $r.__proto__ + $r.constructor`;
    expect(run(script)).toEqual(['True', '3']);
  });

  test('a snapshot of many rows is written and read in time that grows with their number', () => {
    const { output, took } =
      timed(`1..5000 | ForEach-Object { [pscustomobject]@{ id = $_; name = "n$_"; on = $true } } | Export-Clixml rows.xml
      $r = Import-Clixml rows.xml; $r.Count; $r[4999].name`);
    expect(output).toEqual(['5000', 'n5000']);
    expect(took).toBeLessThan(2 * quick);
  });

  const broken = fc
    .tuple(fc.nat(400), fc.constantFrom('', '<', '>', '"', '&', '\0', '</Obj>', '<Ref RefId="99"/>', '😀'))
    .map(([at, piece]) => ({ at, piece }));
  const sample = `<Objs Version="1.1.0.1" xmlns="http://schemas.microsoft.com/powershell/2004/04"><Obj RefId="0"><TN RefId="0"><T>X</T></TN><ToString>x</ToString><Props><I32 N="a">1</I32></Props><MS><S N="b">t</S><Obj N="c" RefId="1"><LST><Nil /><B>true</B></LST></Obj></MS></Obj></Objs>`;

  test('a broken text is an error of XML or still a value, never anything else', () => {
    const { run } = openRunspace();
    fc.assert(
      fc.property(broken, ({ at, piece }) => {
        const text = sample.slice(0, at) + piece + sample.slice(at + 1);
        const script = `param($text) try { [void] ${serializer}::Deserialize($text); 'ok' } catch [System.Management.Automation.MethodInvocationException] { $_.FullyQualifiedErrorId }`;
        expect(run(script, { args: [text] })[0]).toMatch(
          /^(?:ok|XmlException|FormatException|OverflowException|ArgumentException)$/,
        );
      }),
      { numRuns: 150 },
    );
  });
});

describe('round trips', () => {
  const name = fc.stringMatching(/^[A-Za-z_][A-Za-z0-9_.-]{0,8}$/);
  const text = fc.string({
    unit: fc.constantFrom('a', '<', '&', '"', "'", '>', ']', '\n', '\t', ' ', 'é', '😀', '_x'),
  });
  const { tree } = fc.letrec<{ tree: XmlNode }>((tie) => ({
    tree: fc
      .record({
        name,
        // A tab in an attribute is read as a blank, in .NET too.
        attributes: fc.dictionary(
          name,
          text.map((value) => value.replaceAll('\t', ' ')),
          { maxKeys: 3 },
        ),
        content: fc.array(fc.oneof({ maxDepth: 4 }, text, tie('tree')), { maxLength: 4 }),
      })
      .map(({ name: tag, attributes, content }) => {
        const node = new XmlNode('element', tag);
        for (const [key, value] of Object.entries(attributes)) node.putAttribute(new XmlNode('attribute', key, value));
        for (const child of content) {
          const isText = typeof child === 'string';
          // Texts side by side are read as one.
          if (isText && (child === '' || node.children.at(-1)?.kind === 'text')) continue;
          node.append(isText ? new XmlNode('text', '', child) : child);
        }
        return node;
      }),
  }));

  test('what is written is read as it was', () => {
    fc.assert(
      fc.property(tree, (node) => {
        const markup = outerXml(node);
        const document = new XmlNode('document', '');
        readXml(markup, document, { conformance: 'document', space: true, entityCharacters: 0, budget: undefined });
        expect(outerXml(document)).toBe(markup);
        expect(document.textBelow).toBe(node.textBelow);
      }),
      { numRuns: 200 },
    );
  });

  test('text in Clixml comes back whatever it holds', () => {
    const any = fc.array(fc.nat(0xffff), { maxLength: 20 }).map((units) => String.fromCharCode(...units));
    fc.assert(
      fc.property(fc.oneof(any, text), (value) => {
        const encoded = encodeClixml(value);
        expect(decodeClixml(encoded)).toBe(value);
        expect(encoded).not.toMatch(/[\p{Cc}\p{Surrogate}]/u);
      }),
    );
  });

  test('values in Clixml come back with their types', () => {
    const { run } = openRunspace();
    const values = fc.array(
      fc.oneof(
        fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }).map((number) => `[int]'${number}'`),
        fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }).map((number) => `[long]'${number}'`),
        fc
          .double({ noNaN: true })
          .map(
            (number) =>
              `[double]::Parse('${number === Infinity ? '∞' : number === -Infinity ? '-∞' : number}'.Replace('∞', 'Infinity'))`,
          ),
        fc.boolean().map((flag) => (flag ? '$true' : '$false')),
        fc
          .date({ min: new Date('0002-01-01'), max: new Date('9998-01-01'), noInvalidDate: true })
          .map((date) => `[datetime]::new(${621_355_968_000_000_000n + BigInt(date.getTime()) * 10_000n}, 'Utc')`),
        fc.integer().map((ticks) => `[timespan]::FromTicks(${ticks})`),
        fc.uuid().map((guid) => `[guid]'${guid}'`),
        fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n }).map((number) => `[decimal]'${number}.50'`),
      ),
      { minLength: 1, maxLength: 4 },
    );
    fc.assert(
      fc.property(values, (items) => {
        const script = `$in = @(${items.join('; ')}); $out = @(${'[System.Management.Automation.PSSerializer]'}::Deserialize([System.Management.Automation.PSSerializer]::Serialize($in)))
          for ($i = 0; $i -lt $in.Count; $i++) { $in[$i].Equals($out[$i]) }`;
        expect(new Set(run(script))).toEqual(new Set(['True']));
      }),
      { numRuns: 60 },
    );
  });
});
