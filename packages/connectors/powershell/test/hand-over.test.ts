import type { CSEntryChange, Schema } from '@joinery/connector';
import { type EngineValue, typedList } from '@joinery/powershell';
import { check } from '@joinery/powershell/check';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  attributeValue,
  closeExportStep,
  closeImportStep,
  configParameterPage,
  configParametersValue,
  entriesValue,
  getImportEntriesStep,
  hierarchyNodeValue,
  openExportStep,
  openImportStep,
  partitionValue,
  passwordEntryValue,
  passwordOptionsValue,
  readCustomData,
  readEntries,
  readExportResults,
  readHierarchyNodes,
  readImportPage,
  readPartitions,
  readSchema,
  readValidation,
  schemaValue,
} from '../src/index.ts';
import { connectorRegistration } from '../src/registration.ts';
import { answersOf, connectorEngine, valuesOf } from './connector-run.ts';

const folders = { MAFolder: '/srv/ma', ExtensionsDirectory: '/srv/extensions', WorkingDirectory: '/srv/work' };
const run = connectorEngine({ settings: folders });

async function one(script: string, parameters: Readonly<Record<string, EngineValue>> = {}): Promise<EngineValue> {
  const [value = null, ...rest] = await valuesOf(await run(), script, parameters);
  expect(rest).toEqual([]);
  return value;
}

const schema: Schema = {
  types: [
    {
      name: 'Person',
      lockAnchorDefinition: true,
      possibleDnComponents: [],
      attributes: [
        { name: 'id', type: 'String', isAnchor: true, isMultiValued: false, allowedOperation: 'ImportExport' },
        { name: 'count', type: 'Integer', isAnchor: false, isMultiValued: false, allowedOperation: 'ImportExport' },
        { name: 'active', type: 'Boolean', isAnchor: false, isMultiValued: false, allowedOperation: 'ImportExport' },
        { name: 'photo', type: 'Binary', isAnchor: false, isMultiValued: false, allowedOperation: 'ImportOnly' },
        { name: 'member', type: 'Reference', isAnchor: false, isMultiValued: true, allowedOperation: 'ExportOnly' },
      ],
    },
  ],
};

const identifier = '11111111-2222-4333-8444-555555555555';

const update: CSEntryChange = {
  identifier,
  objectType: 'Person',
  objectModificationType: 'Update',
  dn: 'CN=new,OU=x',
  previousDn: 'CN=old,OU=x',
  anchorAttributes: [{ name: 'id', value: 'a1' }],
  attributeChanges: [
    { name: 'count', modificationType: 'Replace', valueChanges: [{ value: 2n ** 60n, modificationType: 'Add' }] },
    { name: 'active', modificationType: 'Replace', valueChanges: [{ value: false, modificationType: 'Add' }] },
    {
      name: 'member',
      modificationType: 'Update',
      valueChanges: [
        { value: 'CN=b', modificationType: 'Add' },
        { value: 'CN=c', modificationType: 'Delete' },
      ],
    },
    { name: 'photo', modificationType: 'Delete', valueChanges: [] },
  ],
};

describe('what the host hands in', () => {
  test('a schema goes through a script unchanged', async () => {
    expect(readSchema(await one('param($Schema) $Schema', { Schema: schemaValue(schema) }))).toEqual(schema);
  });

  test('entries have the types of the schema and plain values; a renamed one keeps its old name', async () => {
    const script = `param([System.Collections.Generic.IList[Microsoft.MetaDirectoryServices.CSEntryChange]] $CSEntries)
$e = $CSEntries[0]; "$($CSEntries.GetType().Name) $($e.Identifier) $($e.ObjectModificationType) $($e.ObjectType) $($e.DN) $($e.RDN)"
foreach ($c in $e.AttributeChanges) { "$($c.Name) $($c.ModificationType) $($c.DataType) $($c.IsMultiValued) $($c.ValueChanges.Count) $($c.ValueChanges.Value | ForEach-Object { $_.GetType().Name }) $($c.ValueChanges.ModificationType)" }
$e.ChangedAttributeNames -join ','; $e.AttributeChanges['DN'].ValueChanges[0].Value
try { $e.RDN = 'CN=q' } catch { $_.FullyQualifiedErrorId }; $e.AttributeChanges.Add([AttributeChange]::CreateAttributeAdd('extra', 'x')); $e.AttributeChanges.Count`;
    expect(await answersOf(await run(), script, { CSEntries: entriesValue([update], schema) })).toEqual([
      `List\`1 ${identifier} Update Person CN=old,OU=x CN=old`,
      'count Replace Integer False 1 Int64 Add',
      'active Replace Boolean False 1 Boolean Add',
      'member Update Reference True 2 String String Add Delete',
      'photo Delete Binary False 0  ',
      'DN Update String False 2 String String Add Delete',
      'count,active,member,photo,DN',
      'CN=new,OU=x',
      'ExceptionWhenSetting',
      6,
    ]);
  });

  test('the steps of runs, partitions and nodes', async () => {
    const partition = { identifier, dn: 'DC=x', name: 'x' };
    const script = `param([ImportRunStep] $Get, [OpenImportConnectionRunStep] $Open, [CloseImportConnectionRunStep] $Close, [OpenExportConnectionRunStep] $Export, [CloseExportConnectionRunStep] $Closed, [HierarchyNode] $Node, [ConfigParameterPage] $Page)
"$($Open.ImportType) $($Open.PageSize) $($Open.CustomData) $($Open.StepPartition.DN) $($Open.StepPartition.Identifier)"; foreach ($n in $Open.InclusionHierarchyNodes) { $n }
"$($Get.GetType().Name) $($Get.CustomData) $($Get.FullObjectEntries.Count)"; "$($Close.Reason -eq 1) $($Close.CustomData)"; "$($Export.BatchSize) $($Export.ExportType) $($null -eq $Export.StepPartition)"; "$($Closed.Reason)"; "$($Node.DN) $($Node.DisplayName)"; switch ($Page) { 'Global' { 'page' } }`;
    const values = await answersOf(await run(), script, {
      Open: openImportStep({ importType: 'Delta', pageSize: 7, customData: 'wm', partition }),
      Get: getImportEntriesStep('page 2'),
      Close: closeImportStep('TerminatedByUser', 'end'),
      Export: openExportStep({ exportType: 'Full', batchSize: 3 }),
      Closed: closeExportStep('Normal'),
      Node: hierarchyNodeValue({ dn: 'OU=x', displayName: 'X' }),
      Page: configParameterPage('Global'),
    });
    expect(values).toEqual([
      `Delta 7 wm DC=x ${identifier}`,
      'GetImportEntriesRunStep page 2 0',
      'True end',
      '3 Full True',
      'Normal',
      'OU=x X',
      'page',
    ]);
    expect(readPartitions(await one('param($P) $P', { P: partitionValue(partition) }))).toEqual([partition]);
  });

  test('an encrypted parameter shows its text to nobody who does not ask for it', async () => {
    const script = `param($ConfigParameters) $p = $ConfigParameters['Token_Global']; $p.IsEncrypted
$p.Value; $p.SecureValue.GetType().Name; $ConfigParameters['Plain'].SecureValue
(ConvertTo-Json $ConfigParameters -Depth 5 -WarningAction SilentlyContinue) -match 'hunter2'; ($ConfigParameters | Out-String) -match 'hunter2'; (New-Object System.Net.NetworkCredential('u', $p.SecureValue)).Password; $ConfigParameters`;
    const values = await answersOf(await run(), script, {
      ConfigParameters: configParametersValue([
        { name: 'Token_Global', value: 'hunter2', isEncrypted: true },
        { name: 'Plain', value: 'x', isEncrypted: false },
      ]),
    });
    expect(values.slice(0, 7)).toEqual([true, null, 'SecureString', null, false, false, 'hunter2']);
    expect(JSON.stringify(values.slice(7))).not.toContain('hunter2');
  });

  test('folders and options', async () => {
    const script = `param([PasswordOptions] $Options, [CSEntry] $CSEntry) [MAUtils]::MAFolder; [Microsoft.MetadirectoryServices.Utils]::ExtensionsDirectory; [Utils]::WorkingDirectory; "$Options"; [int] $Options; $CSEntry.MA; try { $CSEntry.Deprovision() } catch { $_.FullyQualifiedErrorId }; try { [Utils]::FindMVEntries('a') } catch { $_.FullyQualifiedErrorId }`;
    const values = await answersOf(await run(), script, {
      Options: passwordOptionsValue(['ForceChangeAtLogOn', 'UnlockAccount']),
      CSEntry: passwordEntryValue({ dn: 'CN=a', objectType: 'Person', attributes: [] }),
    });
    expect(values).toEqual([
      ...Object.values(folders),
      'ForceChangeAtLogOn, UnlockAccount',
      3,
      null,
      'NotSupportedException',
      'EntryPointNotImplementedException',
    ]);
  });
});

describe('what scripts answer with', () => {
  test('a page of an import, values as the script has them', async () => {
    const script = `$r = New-Object Microsoft.MetadirectoryServices.GetImportEntriesResults('wm', $true, $null)
$c = [CSEntryChange]::Create(); $c.ObjectModificationType = 'Add'; $c.ObjectType = 'Person'; $c.DN = 'CN=a'; $c.ErrorCodeImport = 'ImportErrorCustomContinueRun'; $c.ErrorName = 'n'
$c.AnchorAttributes.Add([AnchorAttribute]::Create('id', [guid]'${identifier}'))
$c.AttributeChanges.Add([AttributeChange]::CreateAttributeAdd('values', [object[]]('text', 5, 6L, $true, 1.5, [datetime]'2024-01-02', ('x' | Add-Member -PassThru NoteProperty n 1))))
$c.AttributeChanges.Add([AttributeChange]::CreateAttributeAdd('photo', [byte[]](1, 2)))
$r.CSEntries.Add($c); $r.CSEntries.Add($null); $r`;
    const page = readImportPage(await one(script));
    expect(page).toMatchObject({ customData: 'wm', moreToImport: true });
    const [entry, ...rest] = page?.entries ?? [];
    expect(rest).toEqual([]);
    expect(entry).toMatchObject({
      objectModificationType: 'Add',
      dn: 'CN=a',
      rdn: 'CN=a',
      errorCode: 'ImportErrorCustomContinueRun',
      errorName: 'n',
      errorDetail: null,
    });
    expect(entry?.anchorAttributes.map(({ value }) => attributeValue(value))).toEqual([identifier]);
    const [many, photo] = entry?.attributeChanges ?? [];
    expect(many?.valueChanges.map(({ value }) => attributeValue(value))).toEqual([
      'text',
      5n,
      6n,
      true,
      '1.5',
      '2024-01-02T00:00:00.0000000',
      'x',
    ]);
    expect(photo?.valueChanges).toEqual([{ value: new Uint8Array([1, 2]), modificationType: 'Add' }]);
    expect(attributeValue([1])).toBeUndefined();
  });

  test('a list of entries and a single one, as an import script may write them', async () => {
    const script =
      '$l = [System.Collections.Generic.List[CSEntryChange]]::new(); $l.Add([CSEntryChange]::Create()); $l.Add([CSEntryChange]::Create())';
    expect(readEntries(await one(`${script}; , $l`))).toHaveLength(2);
    expect(readEntries(await one('[CSEntryChange]::Create()'))).toHaveLength(1);
    expect(readEntries('noise')).toBeUndefined();
  });

  test('results of an export, watermarks, validations, partitions and nodes', async () => {
    const results = `$r = New-Object Microsoft.MetadirectoryServices.PutExportEntriesResults
$c = New-Object System.Collections.Generic.List[AttributeChange]; $c.Add([AttributeChange]::CreateAttributeAdd('id', 'new'))
$r.CSEntryChangeResults.Add([CSEntryChangeResult]::Create('${identifier}', $c, 'ExportErrorCustomContinueRun', 'n', 'd'))
try { $r.CSEntryChangeResults.Add([CSEntryChangeResult]::Create('${identifier}', $null, 'Success')) } catch { }; $r`;
    expect(readExportResults(await one(results))).toEqual([
      {
        identifier,
        errorCode: 'ExportErrorCustomContinueRun',
        errorName: 'n',
        errorDetail: 'd',
        changes: [{ name: 'id', modificationType: 'Add', valueChanges: [{ value: 'new', modificationType: 'Add' }] }],
      },
    ]);
    const open = await one("New-Object Microsoft.MetadirectoryServices.OpenImportConnectionResults('wm')");
    expect(readCustomData(open, 'OpenImportConnectionResults')).toEqual({ customData: 'wm' });
    expect(readCustomData(open, 'CloseImportConnectionResults')).toBeUndefined();
    const validation = await one("[ParameterValidationResult]::new('Failure', 'wrong', 'SipDomain_Global')");
    expect(readValidation(validation)).toEqual({
      code: 'Failure',
      errorMessage: 'wrong',
      errorParameter: 'SipDomain_Global',
    });
    const node = "[HierarchyNode]::Create('OU=x', 'X')";
    const nodes = await one(
      `$l = [System.Collections.Generic.List[HierarchyNode]]::new(); $l.Add(${node}); $l.Add(${node}); return , $l`,
    );
    expect(readHierarchyNodes(nodes)).toHaveLength(2);
    expect(readHierarchyNodes(await one(`, @(${node})`))).toEqual([{ dn: 'OU=x', displayName: 'X' }]);
    expect(readPartitions(await one(`[Partition]::Create('${identifier}', '')`))).toEqual([
      { identifier, dn: identifier, name: identifier },
    ]);
  });

  test('anything else than the types send is a fault of the process, whatever it is', () => {
    const typed = (name: string, data: EngineValue): EngineValue => ({
      kind: 'typed',
      type: `Microsoft.MetadirectoryServices.${name}`,
      data,
    });
    const readers = new Map<string, (value: EngineValue) => unknown>([
      ['Schema', readSchema],
      ['CSEntryChange', readEntries],
      ['GetImportEntriesResults', readImportPage],
      ['PutExportEntriesResults', readExportResults],
      ['ParameterValidationResult', readValidation],
      ['Partition', readPartitions],
      ['HierarchyNode', readHierarchyNodes],
    ]);
    const part = fc.oneof(fc.constant(null), fc.string(), fc.integer({ min: -2, max: 30 }), fc.boolean());
    const data = fc.letrec<{ value: EngineValue }>((tie) => ({
      value: fc.oneof({ maxDepth: 4 }, part, fc.array(tie('value'), { maxLength: 11 })),
    })).value;
    fc.assert(
      fc.property(fc.constantFrom(...readers), data, ([name, read], value) => {
        try {
          read(typed(name, value));
          read(typedList(`Microsoft.MetadirectoryServices.${name}`, [value]));
        } catch (error) {
          expect(error).toMatchObject({ code: 'POWERSHELL_ENGINE_FAULT' });
        }
      }),
    );
  });
});

test('many entries cross in both directions', async () => {
  const count = 5_000;
  const entries = Array.from({ length: count }, (_, at) => ({
    ...update,
    identifier: `11111111-2222-4333-8444-${at.toString().padStart(12, '0')}`,
  }));
  const script = `param($CSEntries) $r = New-Object Microsoft.MetadirectoryServices.PutExportEntriesResults
foreach ($e in $CSEntries) { $r.CSEntryChangeResults.Add([CSEntryChangeResult]::Create($e.Identifier, $null, 'Success')) }; $r; , $CSEntries`;
  const [results = null, back = null] = await valuesOf(await run(), script, {
    CSEntries: entriesValue(entries, schema),
  });
  expect(readExportResults(results)).toHaveLength(count);
  expect(readEntries(back)?.at(-1)?.attributeChanges).toHaveLength(5);
});

test('the check knows the object model, and what it lacks', () => {
  const text = `param([Microsoft.MetadirectoryServices.Schema] $Schema)
$c = [Microsoft.MetadirectoryServices.CSEntryChange]::Create(); $c.AttributeChanges.Add([Microsoft.MetadirectoryServices.AttributeChange]::CreateNewDN('x'))
[Microsoft.MetadirectoryServices.CSEntryChange]::Make(); [Microsoft.MetadirectoryServices.Nothing]; New-Object Microsoft.MetadirectoryServices.ParameterValidationResult`;
  const missing = check([{ text, file: 's.ps1' }], connectorRegistration).findings.filter(
    ({ state }) => state === 'missing',
  );
  expect(missing.map(({ name, line }) => `${line} ${name}`)).toEqual([
    '3 [Microsoft.MetadirectoryServices.CSEntryChange]::Make()',
    '3 [Microsoft.MetadirectoryServices.Nothing]',
  ]);
});
