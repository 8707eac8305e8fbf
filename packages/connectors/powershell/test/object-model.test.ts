import type { Schema } from '@joinery/connector';
import type { EngineValue } from '@joinery/powershell';
import { expect, test } from 'vitest';
import * as tables from '../src/enums.ts';
import { configParametersValue, entriesValue, passwordEntryValue, schemaValue } from '../src/index.ts';
import { answersOf, connectorEngine } from './connector-run.ts';

const run = connectorEngine();

async function answers(script: string, parameters: Readonly<Record<string, EngineValue>> = {}): Promise<unknown[]> {
  return await answersOf(await run(), script, parameters);
}

const schema: Schema = {
  types: [
    {
      name: 'Person',
      lockAnchorDefinition: false,
      possibleDnComponents: ['CN'],
      attributes: [
        { name: 'id', type: 'String', isAnchor: true, isMultiValued: false, allowedOperation: 'ImportExport' },
        { name: 'guid', type: 'Binary', isAnchor: true, isMultiValued: false, allowedOperation: 'ImportOnly' },
        { name: 'mail', type: 'String', isAnchor: false, isMultiValued: true, allowedOperation: 'ImportExport' },
        { name: 'manager', type: 'Reference', isAnchor: false, isMultiValued: false, allowedOperation: 'ExportOnly' },
      ],
    },
  ],
};

const parameters = configParametersValue([
  { name: 'FileName_Global', value: 'people.csv', isEncrypted: false },
  { name: 'Encoding_Global', value: null, isEncrypted: false },
]);

test('ECMA-1 types are found in any case', async () => {
  expect(
    await answers(
      "([type]'microsoft.metadirectoryservices.csentrychange').FullName; [Microsoft.MetaDirectoryServices.schema].Name; [SCHEMATYPE].Namespace",
    ),
  ).toEqual(['Microsoft.MetadirectoryServices.CSEntryChange', 'Schema', 'Microsoft.MetadirectoryServices']);
});

test('ECMA-2 a parameter of the closed abstract collection, in either spelling, receives the very object', async () => {
  const script = `param($ConfigParameters)
function One { param([System.Collections.ObjectModel.KeyedCollection[string, Microsoft.MetadirectoryServices.ConfigParameter]] [ValidateNotNull()] $C) [object]::ReferenceEquals($C, $ConfigParameters) }
function Two { [CmdletBinding()] param([Parameter(Mandatory)] [System.Collections.ObjectModel.KeyedCollection[[string],[Microsoft.MetadirectoryServices.ConfigParameter]]] $C) [object]::ReferenceEquals($C, $ConfigParameters) }
One $ConfigParameters; Two -C $ConfigParameters; $ConfigParameters.GetType().Name; $ConfigParameters['filename_GLOBAL'].Value; $ConfigParameters.Count`;
  expect(await answers(script, { ConfigParameters: parameters })).toEqual([
    true,
    true,
    'ConfigParameterKeyedCollection',
    'people.csv',
    2,
  ]);
});

test('ECMA-3 a missing parameter is null, and what it has is null but in strict mode 2; in strict mode 3 both are errors', async () => {
  const script = `param($ConfigParameters)
function Look { $null -eq $ConfigParameters['missing']; try { $null -eq $ConfigParameters['missing'].Value } catch { $_.FullyQualifiedErrorId } }
& { Look }; & { Set-StrictMode -Version 1; Look }; & { Set-StrictMode -Version 2; Look }
& { Set-StrictMode -Version 3; try { $ConfigParameters['missing'] } catch { $_.FullyQualifiedErrorId } }
$null -eq $ConfigParameters['Encoding_Global'].Value; $ConfigParameters.Contains('encoding_global')`;
  expect(await answers(script, { ConfigParameters: parameters })).toEqual([
    true,
    true,
    true,
    true,
    true,
    'PropertyNotFoundStrict',
    'System.Collections.Generic.KeyNotFoundException',
    true,
    true,
  ]);
});

test('ECMA-4 types of a schema are found by number and by name in any case', async () => {
  const script = `param([Schema] $Schema)
$first = $Schema.Types[0]; foreach ($key in 'Person', 'person', -1) { [object]::ReferenceEquals($first, $Schema.Types[$key]) }
$Schema.Types.Count; $Schema.Types.Name; $Schema.Types['Group'] -eq $null`;
  expect(await answers(script, { Schema: schemaValue(schema) })).toEqual([true, true, true, 1, 'Person', true]);
});

test('ECMA-5 the anchors of a type are a view: of what a script declares, and of what the host hands in as chosen', async () => {
  const made = `$t = [SchemaType]::Create('Person', $true); $t.AnchorAttributes.Count
$t.Attributes.Add([SchemaAttribute]::CreateSingleValuedAttribute('a', 'String'))
$t.Attributes.Add([SchemaAttribute]::CreateAnchorAttribute('b', 'String', 'ImportExport'))
$t.Attributes.Add([SchemaAttribute]::CreateAnchorAttribute('c', 'Integer'))
$t.AnchorAttributes.Name -join ','; $t.AnchorAttributes[0].Name; $t.AnchorAttributes['C'].IsMultiValued; [void]$t.Attributes.Remove('b'); $t.AnchorAttributes.Name
try { $t.AnchorAttributes.Add($t.Attributes[0]) } catch { $_.FullyQualifiedErrorId }`;
  expect(await answers(made)).toEqual([0, 'b,c', 'b', false, 'c', 'NotSupportedException']);
  const handed = `param($Schema) $t = $Schema.Types[0]; $t.AnchorAttributes.Name -join ','; $t.AnchorAttributes.Contains('MAIL'); $t.PossibleDNComponentsForProvisioning -join ','`;
  expect(await answers(handed, { Schema: schemaValue(schema) })).toEqual(['id,guid', false, 'CN']);
});

test('ECMA-6 texts stand for enums where attributes are made; an unknown one is an error of conversion', async () => {
  const script = `$a = [SchemaAttribute]::CreateSingleValuedAttribute('a','Integer','ImportOnly'); "$($a.DataType) $($a.AllowedAttributeOperation) $($a.IsAnchor)"
try { [SchemaAttribute]::CreateSingleValuedAttribute('a','Number') } catch { $_.FullyQualifiedErrorId }
try { [SchemaAttribute]::CreateSingleValuedAttribute('','String') } catch { $_.Exception.InnerException.GetType().Name }`;
  expect(await answers(script)).toEqual([
    'Integer ImportOnly False',
    'MethodArgumentConversionInvalidCastArgument',
    'ArgumentException',
  ]);
});

test('ECMA-7 the type of an attribute compares with its number', async () => {
  const script =
    'param($Schema) $Schema.Types[0].Attributes["manager"].DataType -eq 2; $Schema.Types[0].Attributes[2].DataType -eq 2';
  expect(await answers(script, { Schema: schemaValue(schema) })).toEqual([true, false]);
});

test('ECMA-8 a new entry has an identifier of its own and no modification', async () => {
  const script = `$a, $b = [CSEntryChange]::Create(), [CSEntryChange]::Create()
$a.Identifier -ne $b.Identifier; $a.Identifier -is [guid]; "$($a.ObjectModificationType)"; $a -is [CSEntryChange]; $a.GetType().FullName; $null -eq $a.DN; [CSEntryChange].IsAbstract`;
  expect(await answers(script)).toEqual([
    true,
    true,
    'Unconfigured',
    true,
    'Microsoft.MetadirectoryServices.DetachedObjectModel.CSEntryChangeDetached',
    true,
    true,
  ]);
});

test('ECMA-9 a text sets the modification, and compares with it', async () => {
  const script = `$c = [CSEntryChange]::Create(); $c.ObjectModificationType = 'Replace'; $c.ObjectModificationType -eq 'Replace'; $c.ObjectModificationType -eq 3; switch ($c.ObjectModificationType) { 'Replace' { 'switched' } }
try { $c.ObjectModificationType = 'Nothing' } catch { $_.FullyQualifiedErrorId }`;
  expect(await answers(script)).toEqual([true, true, 'switched', 'ExceptionWhenSetting']);
});

test('ECMA-10 one value is one change; lists are as many as they have items; bytes are one value', async () => {
  const script = `$list = New-Object System.Collections.Generic.List[object]; $list.Add('x'); $list.Add('y'); $old = [System.Collections.ArrayList]@('x', 'y', 'z')
foreach ($v in 'x', @('x','y'), [string[]]('x','y'), $list, [byte[]](1,2), $old, @('only'), $true, 5) {
  $c = [AttributeChange]::CreateAttributeAdd('a', $v)
  "$($c.ValueChanges.Count) $($c.ValueChanges[0].ModificationType) $($c.ValueChanges[0].Value.GetType().Name) $($c.ModificationType) $($c.DataType) $($c.IsMultiValued)"
}`;
  expect(await answers(script)).toEqual([
    '1 Add String Add Undefined False',
    '2 Add String Add Undefined True',
    '2 Add String Add Undefined True',
    '2 Add String Add Undefined True',
    '1 Add Byte[] Add Undefined False',
    '3 Add String Add Undefined True',
    '1 Add String Add Undefined False',
    '1 Add Boolean Add Undefined False',
    '1 Add Int32 Add Undefined False',
  ]);
});

test('ECMA-11 what the samples split into a list are the values of a change', async () => {
  const script = `$c = [AttributeChange]::CreateAttributeAdd('a',([Collections.IList]('a;b'.Split(';')))); $c.ValueChanges.Value -join '|'; [AttributeChange]::CreateAttributeReplace('a', ([Collections.IList]('a'.Split(';')))).ValueChanges.Count
[AttributeChange]::CreateAttributeUpdate('a', 'x').ValueChanges[0].ModificationType
$both = New-Object System.Collections.Generic.List[ValueChange]; $both.Add([ValueChange]::CreateValueAdd('n')); $both.Add([ValueChange]::CreateValueDelete('o'))
$u = [AttributeChange]::CreateAttributeUpdate('a', $both); "$($u.ModificationType) $($u.ValueChanges.ModificationType)"; [AttributeChange]::CreateAttributeDelete('a').ValueChanges.Count`;
  expect(await answers(script)).toEqual(['a|b', 1, 'Add', 'Update Add Delete', 0]);
});

test('ECMA-12 a new name is a change called DN', async () => {
  expect(
    await answers(
      '$c = [AttributeChange]::CreateNewDN(\'CN=x\'); "$($c.Name) $($c.ValueChanges[0].Value) $($c.ValueChanges[0].ModificationType)"',
    ),
  ).toEqual(['DN CN=x Add']);
});

test('ECMA-13 a second change of an attribute is an ArgumentException', async () => {
  const script = `$c = [CSEntryChange]::Create(); $c.ObjectModificationType = 'Add'; $c.AttributeChanges.Add([AttributeChange]::CreateAttributeAdd('a', 'x'))
try { $c.AttributeChanges.Add([AttributeChange]::CreateAttributeAdd('A', 'y')) } catch { "$($_.FullyQualifiedErrorId) $($_.Exception.InnerException.GetType().FullName)" }
$c.AttributeChanges.Count`;
  expect(await answers(script)).toEqual(['ArgumentException System.ArgumentException', 1]);
});

test('ECMA-14 Contains takes a name, and a missing index is null', async () => {
  const script = `$c = [CSEntryChange]::Create(); $x = [AttributeChange]::CreateAttributeAdd('a', 'x'); $c.AttributeChanges.Add($x)
$c.AttributeChanges.Contains('A'); $c.AttributeChanges.Contains('b'); $c.AttributeChanges.Contains($x); $null -eq $c.AttributeChanges['b']; $null -eq $c.AnchorAttributes[0]; [bool] $c.AnchorAttributes; "$($c.ObjectModificationType)"`;
  expect(await answers(script)).toEqual([true, false, true, true, true, false, 'Add']);
});

test('ECMA-15 adding to any collection writes nothing', async () => {
  const script = `$s = [Schema]::Create(); $t = [SchemaType]::Create('P', $false); $s.Types.Add($t); $t.Attributes.Add([SchemaAttribute]::CreateMultiValuedAttribute('m', 'Reference')); $t.PossibleDNComponentsForProvisioning.Add('CN')
$c = [CSEntryChange]::Create(); $c.AttributeChanges.Add([AttributeChange]::CreateAttributeDelete('a')); $c.AnchorAttributes.Add([AnchorAttribute]::Create('id', 'x'))
$r = New-Object Microsoft.MetadirectoryServices.GetImportEntriesResults; $r.CSEntries.Add($c)
$p = New-Object Microsoft.MetadirectoryServices.PutExportEntriesResults; $p.CSEntryChangeResults.Add([CSEntryChangeResult]::Create($c.Identifier, $null, 'Success'))
$k = New-Object Microsoft.MetadirectoryServices.ConfigParameterKeyedCollection; $k.Add((New-Object Microsoft.MetadirectoryServices.ConfigParameter('a', 'b')))
"$($s.Types.Count) $($t.Attributes.Count) $($c.AttributeChanges.Count) $($c.AnchorAttributes.Count) $($r.CSEntries.Count) $($p.CSEntryChangeResults.Count) $($k.Count)"`;
  expect(await answers(script)).toEqual(['1 1 1 1 1 1 1']);
});

test('ECMA-16 results are made of three arguments and of five', async () => {
  const script = `$g = [guid]::NewGuid(); $a = [CSEntryChangeResult]::Create($g, $null, 'Success'); "$($a.ErrorCode) $($a.AnchorAttributes.Count) $($a.Identifier -eq $g) $($a -is [CSEntryChangeResult])"
$list = New-Object System.Collections.Generic.List[AttributeChange]; $list.Add([AttributeChange]::CreateAttributeAdd('id', '7'))
$b = [CSEntryChangeResult]::Create($g, $list, 'ExportErrorCustomContinueRun', 'Full', 'No room'); "$($b.ErrorCode -eq 26) $($b.ErrorName) $($b.ErrorDetail) $($b.AnchorAttributes['ID'].ValueChanges[0].Value)"
$e = [CSEntryChange]::Create(); $e.AttributeChanges.Add([AttributeChange]::CreateAttributeAdd('x', 'y')); [CSEntryChangeResult]::Create($g, $e.AttributeChanges, 'Success').AnchorAttributes[0].Name`;
  expect(await answers(script)).toEqual(['Success 0 True True', 'True Full No room 7', 'x']);
});

test('ECMA-17 the activator makes export results of none, one and three', async () => {
  const script = `foreach ($n in 0, 1, 3) { $list = New-Object 'System.Collections.Generic.List[Microsoft.MetadirectoryServices.CSEntryChangeResult]'
  for ($i = 0; $i -lt $n; $i++) { $list.Add([CSEntryChangeResult]::Create([guid]::NewGuid(), $null, 'Success')) }
  $closed = [type]'Microsoft.MetadirectoryServices.PutExportEntriesResults'
  $r = [Activator]::CreateInstance($closed, $list); $r.CSEntryChangeResults.Count }
$generic = [type]'System.Collections.Generic.List\`1'; $generic.MakeGenericType([type]'Microsoft.MetadirectoryServices.CSEntryChange').FullName -like 'System.Collections.Generic.List*CSEntryChange*'
[Activator]::CreateInstance($generic.MakeGenericType([CSEntryChange])).GetType() -eq [System.Collections.Generic.List[CSEntryChange]]`;
  expect(await answers(script)).toEqual([0, 1, 3, true, true]);
});

test('ECMA-18 results are made by New-Object as the samples do', async () => {
  const script = `(New-Object Microsoft.MetadirectoryServices.OpenImportConnectionResults('wm')).CustomData
$v = New-Object Microsoft.MetadirectoryServices.ParameterValidationResult -ArgumentList 'Success',$null,$null; "$($v.Code) [$($v.ErrorMessage)]"; $v.Code = 'Failure'; $v.Code -eq 1
(New-Object Microsoft.MetadirectoryServices.CloseImportConnectionResults).CustomData -eq $null`;
  expect(await answers(script)).toEqual(['wm', 'Success []', true, true]);
});

test('ECMA-19 the list of entries is the one that was assigned', async () => {
  const script = `$r = New-Object Microsoft.MetadirectoryServices.GetImportEntriesResults; $list = New-Object System.Collections.Generic.List[CSEntryChange]
$r.CSEntries = $list; [object]::ReferenceEquals($list, $r.CSEntries); $r.CSEntries.Capacity = 50
$more = New-Object System.Collections.Generic.List[CSEntryChange]; $more.Add([CSEntryChange]::Create()); $more.Add([CSEntryChange]::Create()); $r.CSEntries.AddRange($more); $list.Count; $r.MoreToImport`;
  expect(await answers(script)).toEqual([true, 2, false]);
});

test('ECMA-20 a text becomes an exception, which its own type and its base catch', async () => {
  const script = `([ServerDownException]'gone').Message
foreach ($n in 1..2) { try { throw [Microsoft.MetadirectoryServices.ServerDownException] ("down $n") } catch [Microsoft.MetadirectoryServices.ServerDownException] { "own $_" } }
try { throw [ServerDownException]'x' } catch [Microsoft.MetadirectoryServices.ExtensionException] { "base $($_.Exception.GetType().FullName)" }
try { throw [NoSuchAttributeException]'mail' } catch [MetadirectoryServicesException] { $_.Exception.AttributeName }
try { 1 / 0 } catch { $saved = $_ }; try { throw $saved -as [ExtensibleExtensionException] } catch { "$($_.Exception.GetType().Name): $($_.Exception.Message)" }`;
  expect(await answers(script)).toEqual([
    'gone',
    'own down 1',
    'own down 2',
    'base Microsoft.MetadirectoryServices.ServerDownException',
    'mail',
    'ExtensibleExtensionException: Attempted to divide by zero.',
  ]);
});

test('ECMA-21 ConvertTo-Json of the objects neither throws nor hangs', async () => {
  const script = `param($Schema, $ConfigParameters, $CSEntries)
foreach ($depth in 2, 10, 100) { foreach ($o in $Schema, $Schema.Types[0], $CSEntries[0]) { (ConvertTo-Json $o -Depth $depth -Compress -WarningAction SilentlyContinue).Length -gt 50 } }
ConvertTo-Json $ConfigParameters -Compress -WarningAction SilentlyContinue; $Error.Count`;
  const values = await answers(script, {
    Schema: schemaValue(schema),
    ConfigParameters: parameters,
    CSEntries: entriesValue([entry], schema),
  });
  expect(values).toEqual([
    ...Array.from({ length: 9 }, () => true),
    '[{"Name":"FileName_Global","Value":"people.csv","SecureValue":null,"IsEncrypted":false},{"Name":"Encoding_Global","Value":null,"SecureValue":null,"IsEncrypted":false}]',
    0,
  ]);
});

const entry = {
  identifier: '11111111-2222-4333-8444-555555555555',
  objectType: 'Person',
  objectModificationType: 'Update',
  dn: 'CN=a,OU=x',
  anchorAttributes: [{ name: 'guid', value: new Uint8Array([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15]) }],
  attributeChanges: [
    { name: 'mail', modificationType: 'Update', valueChanges: [{ value: 'a@x', modificationType: 'Add' }] },
  ],
} as const;

test('ECMA-22 the bytes of an anchor become a GUID', async () => {
  const script =
    'param($CSEntries) ([Guid]$CSEntries[0].AnchorAttributes[0].Value).ToString(); $CSEntries[0].AnchorAttributes["GUID"].Value.GetType().Name; [guid][byte[]]$CSEntries[0].AnchorAttributes[0].Value -is [guid]';
  expect(await answers(script, { CSEntries: entriesValue([entry], schema) })).toEqual([
    '03020100-0504-0706-0809-0a0b0c0d0e0f',
    'Byte[]',
    true,
  ]);
});

test('ECMA-23 an entry of a password script is one parameter, and its items are names', async () => {
  const script = `param([CSEntry] $CSEntry) foreach ($n in $CSEntry) { $n }; $CSEntry.DN.ToString(); "$($CSEntry.DN) $($CSEntry.RDN) $($CSEntry.ObjectType)"; $CSEntry['MAIL'].Values.Count; $CSEntry['mail'].Values[1].ToString(); $CSEntry['mail'].IsMultivalued; $CSEntry['uid'].Value; $CSEntry.DN[0]; $CSEntry.DN.Depth; $v = $CSEntry['mail'].Values; $v.Add('c@x'); $v.Add('c@x'); $v.Remove('a@x'); $v.Contains('b@x'); $v.ToStringArray() -join ','; $CSEntry['uid'].Values.Contains(7L); $CSEntry['uid'].IntegerValue + 1`;
  const value = passwordEntryValue({
    dn: 'CN=a\\,b,OU=x',
    objectType: 'Person',
    attributes: [
      { name: 'uid', type: 'Integer', isMultiValued: false, values: [7n] },
      { name: 'mail', type: 'String', isMultiValued: true, values: ['a@x', 'b@x'] },
    ],
  });
  expect(await answers(script, { CSEntry: value })).toEqual([
    'uid',
    'mail',
    'CN=a\\,b,OU=x',
    'CN=a\\,b,OU=x CN=a\\,b Person',
    2,
    'b@x',
    true,
    '7',
    'CN=a\\,b',
    2,
    true,
    'b@x,c@x',
    true,
    8,
  ]);
});

const counted: Readonly<Record<string, readonly string[]>> = {
  AttributeType: tables.attributeTypes,
  AttributeOperation: tables.attributeOperations,
  ObjectModificationType: tables.objectModificationTypes,
  AttributeModificationType: tables.attributeModificationTypes,
  ValueModificationType: tables.valueModificationTypes,
  OperationType: tables.operationTypes,
  CloseReason: tables.closeReasons,
  ConfigParameterPage: tables.configParameterPages,
  ConfigParameterType: tables.configParameterTypes,
  ParameterValidationResultCode: tables.validationResultCodes,
  MAExportError: tables.exportErrors,
  MAImportError: tables.importErrors,
};

test('ECMA-24 every constant of the enums has its number', async () => {
  const others =
    'foreach ($t in [MADistinguishedNameStyle], [MANormalizations], [MAExportType], [MAObjectConfirmation], [PasswordOptions], [ConnectionSecurityLevel], [ModificationType], [AttribFlags], [ConnectionState], [RuleType], [DeprovisionAction]) { ([enum]::GetValues($t) | ForEach-Object { "$_=$([int]$_)" }) -join \' \' }; [string][PasswordOptions]5';
  expect(await answers(others)).toEqual([
    'None=0 Generic=1 Ldap=2',
    'None=0 Uppercase=1 RemoveAccents=2',
    'AttributeUpdate=1 AttributeReplace=2 ObjectReplace=3 MultivaluedReferenceAttributeUpdate=5',
    'Normal=0 NoDeleteConfirmation=1 NoAddAndDeleteConfirmation=3',
    'None=0 ForceChangeAtLogOn=1 UnlockAccount=2 ValidatePassword=4',
    'NotSecure=0 Secure=1',
    'Add=0 Replace=1 Delete=2',
    'None=0 MultiValued=1 Encrypted=2 ExportOnly=4',
    'Connected=0 ExplicitlyConnected=1 Disconnected=2 ExplicitlyDisconnected=3 DisconnectedByFilter=4 Placeholder=5',
    'Provisioning=0 Projection=1 Join=2 AccountJoiner=3 ConnectorFilter=4 MVDeletion=5 ImportAttributeFlow=6 ExportAttributeFlow=7 CSDeprovisioning=8 Unknown=9',
    'Disconnect=1 ExplicitDisconnect=2 Delete=3',
    'ForceChangeAtLogOn, ValidatePassword',
  ]);
  const names = Object.keys(counted);
  const script = `foreach ($t in ${names.map((name) => `[${name}]`).join(', ')}) { ([enum]::GetValues($t) | ForEach-Object { "$_=$([int]$_)" }) -join ' ' }`;
  expect(await answers(script)).toEqual(
    names.map((name) => (counted[name] ?? []).map((label, index) => `${label}=${index}`).join(' ')),
  );
  expect(tables.exportErrors.indexOf('ExportErrorCustomContinueRun')).toBe(26);
  expect(tables.importErrors.indexOf('ImportErrorCustomContinueRun')).toBe(16);
});
