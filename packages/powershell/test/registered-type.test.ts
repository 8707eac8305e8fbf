import { describe, expect, test } from 'vitest';
import { netFailure } from '../src/errors/raise.ts';
import { namedType } from '../src/types/intrinsic.ts';
import type { NetType, TypeDescription } from '../src/types/net-type.ts';
import { NetArray } from '../src/values/array.ts';
import { Instance } from '../src/values/instance.ts';
import { as, int, text } from '../src/values/narrow.ts';
import { Double } from '../src/values/numbers.ts';
import type { Value } from '../src/values/value.ts';
import { openRunspace } from './runspace-in-process.ts';

/** A stand-in for what a host program brings along: a shelf with named places. */
class Shelf extends Instance {
  readonly type: NetType;
  readonly places = new Map<string, number>();
  label: string;
  constructor(type: NetType, label: string) {
    super();
    this.type = type;
    this.label = label;
  }
}

const shelf = (value: Value): Shelf => as(value, Shelf);

const description: TypeDescription = {
  name: 'Contoso.Storage.Shelf',
  kind: 'class',
  accelerators: ['shelf'],
  constructors: [
    { signature: 'new()', invoke: (_self, _none, _context, type) => new Shelf(type, 'plain') },
    { signature: 'new(string label)', invoke: (_self, [label], _context, type) => new Shelf(type, text(label)) },
  ],
  properties: {
    Label: {
      type: 'string',
      get: (self) => shelf(self).label,
      set: (self, value) => {
        shelf(self).label = text(value);
      },
    },
    Size: { type: 'int', get: (self) => shelf(self).places.size },
    Broken: {
      type: 'int',
      get: () => {
        throw netFailure('System.InvalidOperationException', 'cannot tell');
      },
    },
    Height: {
      type: 'double',
      get: () => new Double(1.5),
      set: () => {
        throw netFailure('System.ArgumentException', 'too high', { parameter: 'value' });
      },
    },
  },
  indexer: {
    get: [
      { signature: 'int Item(string place)', invoke: (self, [place]) => shelf(self).places.get(text(place)) ?? null },
      { signature: 'int Item(int at)', invoke: (self, [at]) => [...shelf(self).places.values()][int(at)] ?? null },
    ],
    set: [
      {
        signature: 'int Item(string place, int count)',
        invoke: (self, [place, count]) => void shelf(self).places.set(text(place), int(count)),
      },
    ],
  },
  methods: {
    Describe: [
      { signature: 'string Describe()', invoke: () => 'none' },
      { signature: 'string Describe(int count)', invoke: (_self, [count]) => `int ${int(count)}` },
      { signature: 'string Describe(string words)', invoke: (_self, [words]) => `text ${text(words)}` },
      {
        signature: 'string Describe(int count, string unit = "pieces")',
        invoke: (_self, [count, unit]) => `${int(count)} ${text(unit)}`,
      },
      {
        signature: 'string Describe(string words, params object[] more)',
        invoke: (_self, [words, more]) => `${text(words)}+${more instanceof NetArray ? more.items.length : 'none'}`,
      },
    ],
    TryCount: [
      {
        signature: 'bool TryCount(string place, [ref] int count)',
        invoke: (self, [place, count]) => {
          const found = shelf(self).places.get(text(place));
          if (typeof count === 'object' && count !== null && 'value' in count) count.value = found ?? 0;
          return found !== undefined;
        },
      },
    ],
    Fail: [
      {
        signature: 'void Fail()',
        invoke: () => {
          throw netFailure('System.NotSupportedException', 'never');
        },
      },
    ],
    Each: [
      {
        signature: 'void Each(System.Action[string] action)',
        invoke: (self, [action], context) => {
          for (const place of shelf(self).places.keys())
            if (action instanceof Instance) context.invoke(action, [place]);
          return undefined;
        },
      },
    ],
  },
  staticMethods: {
    Wrap: [{ signature: 'static T[] Wrap[T](T item)', invoke: (_s, [item], _c, _t, types) => wrap(item, types) }],
  },
  enumerate: (self) => shelf(self).places.keys(),
  toText: (self) => `shelf ${shelf(self).label}`,
};

function wrap(item: Value, [type = namedType('System.Object')]: readonly NetType[]): NetArray {
  return new NetArray(type, [item]);
}

function open() {
  const opened = openRunspace();
  opened.runspace.session.types.register(description);
  return opened;
}

describe('a type that a host program registers', () => {
  test('is found by its short name, its full name and through usings; its text is its own', () => {
    const { run } = open();
    expect(run('[shelf]::new("a").Label; [Contoso.Storage.Shelf]::new().Label; [SHELF]::new(5).ToString()')).toEqual([
      'a',
      'plain',
      'shelf 5',
    ]);
    expect(run('using namespace Contoso.Storage\n(New-Object Shelf).GetType().FullName')).toEqual([
      'Contoso.Storage.Shelf',
    ]);
  });

  test('is seen by the session it was registered in alone', () => {
    open();
    expect(openRunspace().run('try { [shelf]::new() } catch { $_.FullyQualifiedErrorId }')).toEqual(['TypeNotFound']);
  });

  test('chooses overloads by the arguments: exact types, optional parameters, a params array', () => {
    const { run } = open();
    expect(
      run('$s = [shelf]::new(); $s.Describe(); $s.Describe(3); $s.Describe("3"); $s.Describe(3, "boxes")'),
    ).toEqual(['none', 'int 3', 'text 3', '3 boxes']);
    expect(run('$s.Describe("a", 1, 2, 3); $s.Describe("a", (1, 2)); $s.Describe(3L)')).toEqual([
      'a+3',
      'a+2',
      'text 3',
    ]);
  });

  test('says with PowerShell’s ids that no overload fits, that an argument does not convert, and what a method threw', () => {
    const { run } = open();
    const ids = run(
      '$s = [shelf]::new(); foreach ($b in { $s.TryCount(1, 2, 3) }, { $s.Fail(1) }, { [shelf]::new(1, 2) }, { $s.Fail() }, { $s.Nope() }, { $s.Height = "x" }, { $s.Height = 9 }, { $s.Size = 1 }, { $s.Nope = 1 }) { try { & $b } catch { "$($_.FullyQualifiedErrorId)|$($_.Exception.Message)" } }',
    );
    expect(ids).toEqual([
      'MethodCountCouldNotFindBest|Cannot find an overload for "TryCount" and the argument count: "3".',
      'MethodCountCouldNotFindBest|Cannot find an overload for "Fail" and the argument count: "1".',
      'MethodCountCouldNotFindBest|Cannot find an overload for "new" and the argument count: "2".',
      'NotSupportedException|Exception calling "Fail" with "0" argument(s): "never"',
      "MethodNotFound|Method invocation failed because [Contoso.Storage.Shelf] does not contain a method named 'Nope'.",
      'ExceptionWhenSetting|Exception setting "Height": "Cannot convert value "x" to type "System.Double". Error: "The input string \'x\' was not in a correct format.""',
      'ExceptionWhenSetting|Exception setting "Height": "too high (Parameter \'value\')"',
      "PropertyAssignmentException|'Size' is a ReadOnly property.",
      "PropertyAssignmentException|The property 'Nope' cannot be found on this object. Verify that the property exists and can be set.",
    ]);
  });

  test('has an indexer by text and by number, whose arguments are converted, and reference parameters', () => {
    const { run } = open();
    expect(
      run('$s = [shelf]::new(); $s["a"] = "7"; $s["b"] = 2.4; $s["a"]; $s[1]; $s["zz"]; $s.Size; "$s[a]"'),
    ).toEqual(['7', '2', '', '2', 'a b[a]']);
    expect(run('$n = 0; $s.TryCount("a", [ref]$n); $n; $s.TryCount("zz", [ref]$n); $n')).toEqual([
      'True',
      '7',
      'False',
      '0',
    ]);
  });

  test('is unrolled by pipelines, calls script blocks as delegates, and infers type arguments', () => {
    const { run } = open();
    expect(
      run('$s = [shelf]::new(); $s["a"] = 1; $s["b"] = 2; $s | ForEach-Object { "<$_>" }; $s.Broken -eq $null'),
    ).toEqual(['<a>', '<b>', 'True']);
    expect(
      run('$seen = [System.Collections.ArrayList]::new(); $s.Each({ param($p) [void]$seen.Add($p) }); $seen -join ","'),
    ).toEqual(['a,b']);
    expect(
      run('[shelf]::Wrap(5).GetType().Name; [shelf]::Wrap("x").GetType().Name; [shelf]::Wrap[long](5).GetType().Name'),
    ).toEqual(['Int32[]', 'String[]', 'Int64[]']);
  });

  test('lists its members to Get-Member and psobject', () => {
    const { run } = open();
    expect(
      run(
        '$s = [shelf]::new(); (Get-Member -InputObject $s -MemberType Property).Name -join ","; $s.psobject.Properties.Name -join ","; $s.Describe.OverloadDefinitions[3]',
      ),
    ).toEqual([
      'Broken,Height,Label,Size',
      'Label,Size,Broken,Height',
      'string Describe(int count, string unit = "pieces")',
    ]);
  });
});
