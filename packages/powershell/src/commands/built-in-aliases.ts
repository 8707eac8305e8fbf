/** An alias that every session begins with. */
export interface BuiltInAlias {
  readonly name: string;
  readonly definition: string;
  readonly options: readonly ('ReadOnly' | 'AllScope')[];
}

/** Name, command, and whether it may be replaced (`ReadOnly`) and is copied into every new scope (`AllScope`). */
const table = `
? Where-Object ReadOnly AllScope
% ForEach-Object ReadOnly AllScope
cd Set-Location AllScope
chdir Set-Location
clc Clear-Content ReadOnly
clhy Clear-History ReadOnly
cli Clear-Item ReadOnly
clp Clear-ItemProperty ReadOnly
cls Clear-Host
clv Clear-Variable ReadOnly
copy Copy-Item AllScope
cpi Copy-Item ReadOnly
cvpa Convert-Path ReadOnly
dbp Disable-PSBreakpoint ReadOnly
del Remove-Item AllScope
dir Get-ChildItem AllScope
ebp Enable-PSBreakpoint ReadOnly
echo Write-Output AllScope
epal Export-Alias ReadOnly
epcsv Export-Csv ReadOnly
erase Remove-Item
etsn Enter-PSSession
exsn Exit-PSSession
fc Format-Custom ReadOnly
fhx Format-Hex
fl Format-List ReadOnly
foreach ForEach-Object ReadOnly AllScope
ft Format-Table ReadOnly
fw Format-Wide ReadOnly
gal Get-Alias ReadOnly
gbp Get-PSBreakpoint ReadOnly
gc Get-Content ReadOnly
gcb Get-Clipboard
gci Get-ChildItem ReadOnly
gcm Get-Command ReadOnly
gcs Get-PSCallStack ReadOnly
gdr Get-PSDrive ReadOnly
gerr Get-Error ReadOnly
ghy Get-History ReadOnly
gi Get-Item ReadOnly
gjb Get-Job
gl Get-Location ReadOnly
gm Get-Member ReadOnly
gmo Get-Module ReadOnly
gp Get-ItemProperty ReadOnly
gps Get-Process ReadOnly
gpv Get-ItemPropertyValue ReadOnly
group Group-Object ReadOnly
gsn Get-PSSession
gtz Get-TimeZone
gu Get-Unique ReadOnly
gv Get-Variable ReadOnly
h Get-History
history Get-History
icm Invoke-Command
iex Invoke-Expression ReadOnly
ihy Invoke-History ReadOnly
ii Invoke-Item ReadOnly
ipal Import-Alias ReadOnly
ipcsv Import-Csv ReadOnly
ipmo Import-Module ReadOnly
irm Invoke-RestMethod ReadOnly
iwr Invoke-WebRequest ReadOnly
md mkdir AllScope
measure Measure-Object ReadOnly
mi Move-Item ReadOnly
move Move-Item AllScope
mp Move-ItemProperty ReadOnly
nal New-Alias ReadOnly
ndr New-PSDrive ReadOnly
ni New-Item ReadOnly
nmo New-Module ReadOnly
nsn New-PSSession
nv New-Variable ReadOnly
oh Out-Host ReadOnly
popd Pop-Location AllScope
pushd Push-Location AllScope
pwd Get-Location
r Invoke-History
rbp Remove-PSBreakpoint ReadOnly
rcjb Receive-Job
rcsn Receive-PSSession ReadOnly
rd Remove-Item
rdr Remove-PSDrive ReadOnly
ren Rename-Item
ri Remove-Item ReadOnly
rjb Remove-Job
rmo Remove-Module ReadOnly
rni Rename-Item ReadOnly
rnp Rename-ItemProperty ReadOnly
rp Remove-ItemProperty ReadOnly
rsn Remove-PSSession
rv Remove-Variable ReadOnly
rvpa Resolve-Path ReadOnly
sajb Start-Job
sal Set-Alias ReadOnly
saps Start-Process ReadOnly
sbp Set-PSBreakpoint ReadOnly
scb Set-Clipboard
select Select-Object ReadOnly AllScope
set Set-Variable
si Set-Item ReadOnly
sl Set-Location ReadOnly
sls Select-String
sp Set-ItemProperty ReadOnly
spjb Stop-Job
spps Stop-Process ReadOnly
sv Set-Variable ReadOnly
type Get-Content
where Where-Object ReadOnly AllScope
wjb Wait-Job
`;

/** The aliases of PowerShell on Linux. */
export const builtInAliases: readonly BuiltInAlias[] = table
  .trim()
  .split('\n')
  .map((line) => {
    const [name = '', definition = '', ...options] = line.split(' ');
    return { name, definition, options: options.filter((option) => option === 'ReadOnly' || option === 'AllScope') };
  });
