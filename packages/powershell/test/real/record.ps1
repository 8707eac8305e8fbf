<#
Answers cases with the PowerShell that runs this: reads a JSON array of { id, script } and writes one of { id, result }, in the
form of the conformance vectors. Each case has a runspace and an empty folder of its own.
#>
param([string] $Cases, [string] $Answers)
$ErrorActionPreference = 'Stop'
[cultureinfo]::CurrentCulture = [cultureinfo]::InvariantCulture
[cultureinfo]::CurrentUICulture = [cultureinfo]::InvariantCulture

function ConvertTo-Dump($Value, [int] $Depth = 0) {
    if ($null -eq $Value) { return $null }
    $base = $Value.psobject.BaseObject
    if ($base -is [System.Management.Automation.PSCustomObject]) {
        $pairs = foreach ($property in $Value.psobject.Properties) { , @($property.Name, (ConvertTo-Dump $property.Value ($Depth + 1))) }
        return [ordered]@{ t = 'PSCustomObject'; v = @($pairs) }
    }
    $name = $base.GetType().FullName
    if ($base -is [enum]) { return [ordered]@{ t = $name; s = "$base" } }
    if ($base -is [string] -or $base -is [bool]) { return [ordered]@{ t = $name; v = $base } }
    if ($base -is [char]) { return [ordered]@{ t = $name; v = "$base" } }
    if ($base -is [double] -or $base -is [float]) { return [ordered]@{ t = $name; v = $base.ToString('R') } }
    if ($base -is [datetime]) { return [ordered]@{ t = $name; v = $base.ToString('o'); k = "$($base.Kind)" } }
    if ($base -is [timespan]) { return [ordered]@{ t = $name; v = $base.ToString('c') } }
    if ($base -is [byte[]]) { return [ordered]@{ t = $name; v = [Convert]::ToBase64String($base) } }
    if ($base.GetType().IsPrimitive -or $base -is [decimal] -or $base -is [bigint]) { return [ordered]@{ t = $name; v = $base.ToString() } }
    if ($base -is [System.Collections.IDictionary]) {
        $pairs = foreach ($entry in $base.GetEnumerator()) { , @((ConvertTo-Dump $entry.Key ($Depth + 1)), (ConvertTo-Dump $entry.Value ($Depth + 1))) }
        if ($name -eq 'System.Collections.Hashtable') { $pairs = $pairs | Sort-Object { "$($_[0].v)" } }
        return [ordered]@{ t = $name; v = @($pairs | ForEach-Object { , $_ }) }
    }
    if ($base -is [System.Collections.ICollection]) {
        $items = [System.Collections.Generic.List[object]]::new()
        foreach ($item in $base) { $items.Add((ConvertTo-Dump $item ($Depth + 1))) }
        return [ordered]@{ t = $name; v = $items.ToArray() }
    }
    [ordered]@{ t = $name; s = [string] $base }
}

function ConvertTo-ErrorDump($Record) {
    if ($Record -isnot [System.Management.Automation.ErrorRecord]) { $Record = $Record.ErrorRecord }
    $place = $Record.InvocationInfo
    [ordered]@{
        id = $Record.FullyQualifiedErrorId; category = "$($Record.CategoryInfo.Category)"
        type = $Record.Exception.GetType().FullName; message = $Record.Exception.Message
        line = $(if ($place) { $place.ScriptLineNumber } else { 0 }); column = $(if ($place) { $place.OffsetInLine } else { 0 })
    }
}

$answered = foreach ($case in Get-Content -Raw $Cases | ConvertFrom-Json) {
    $tokens = $null; $parseErrors = $null
    $null = [System.Management.Automation.Language.Parser]::ParseInput($case.script, [ref] $tokens, [ref] $parseErrors)
    if ($parseErrors) {
        $parse = @($parseErrors | ForEach-Object { [ordered]@{ id = $_.ErrorId; message = $_.Message; line = $_.Extent.StartLineNumber; column = $_.Extent.StartColumnNumber } })
        [ordered]@{ id = $case.id; result = [ordered]@{ parse = $parse } }
        continue
    }
    $folder = Join-Path ([IO.Path]::GetTempPath()) ([guid]::NewGuid())
    $null = New-Item -ItemType Directory $folder
    $shell = [powershell]::Create([initialsessionstate]::CreateDefault())
    $null = $shell.AddScript("Set-Location -LiteralPath '$folder'").Invoke(); $shell.Commands.Clear()
    $output = [System.Management.Automation.PSDataCollection[psobject]]::new()
    $terminated = $null
    try { $null = $shell.AddScript($case.script).EndInvoke($shell.BeginInvoke([System.Management.Automation.PSDataCollection[psobject]]::new(), $output)) }
    catch { $terminated = ConvertTo-ErrorDump $_.Exception.InnerException }
    $dumps = [System.Collections.Generic.List[object]]::new()
    foreach ($item in $output) { $dumps.Add((ConvertTo-Dump $item)) }
    $streams = $shell.Streams
    [ordered]@{
        id = $case.id
        result = [ordered]@{
            output = $dumps.ToArray()
            errors = @($streams.Error | ForEach-Object { ConvertTo-ErrorDump $_ })
            warnings = @($streams.Warning | ForEach-Object { $_.Message })
            verbose = @($streams.Verbose | ForEach-Object { $_.Message })
            information = @($streams.Information | ForEach-Object { [string] $_.MessageData })
            terminated = $terminated
            files = @{}
        }
    }
    $shell.Dispose()
    Remove-Item -Recurse -Force $folder
}
, @($answered) | ConvertTo-Json -Depth 30 -Compress | Set-Content $Answers
