/** Why commands of PowerShell are not here, and what there is instead: a sentence of the check, by the commands it is for. */
const reasons: readonly (readonly [why: string, names: string])[] = [
  [
    'no jobs and threads: a script runs by itself; call the script block instead, `ForEach-Object` over many',
    `Start-Job Stop-Job Get-Job Receive-Job Remove-Job Wait-Job Debug-Job Suspend-Job Resume-Job Start-ThreadJob`,
  ],
  [
    'no programs of the system: nothing outside of the engine is started or looked at',
    `Start-Process Stop-Process Get-Process Wait-Process Debug-Process Invoke-Item Switch-Process Get-Service Start-Service
    Stop-Service Restart-Service Set-Service New-Service Remove-Service Suspend-Service Resume-Service`,
  ],
  [
    'scripts do not act on the machine: its name, clock, power and clipboard are not theirs',
    `Restart-Computer Stop-Computer Rename-Computer Get-ComputerInfo Set-Date Get-Clipboard Set-Clipboard Get-HotFix
    Set-TimeZone Clear-RecycleBin Get-Uptime`,
  ],
  [
    'no sessions on other computers: what a script reads comes over the web, from files or from its caller',
    `Enter-PSSession Exit-PSSession New-PSSession Get-PSSession Remove-PSSession Connect-PSSession Disconnect-PSSession
    Receive-PSSession Import-PSSession Export-PSSession New-PSSessionOption New-PSTransportOption
    New-PSSessionConfigurationFile Test-PSSessionConfigurationFile New-PSRoleCapabilityFile Register-PSSessionConfiguration
    Unregister-PSSessionConfiguration Get-PSSessionConfiguration Set-PSSessionConfiguration Enable-PSSessionConfiguration
    Disable-PSSessionConfiguration Enable-PSRemoting Disable-PSRemoting Enter-PSHostProcess Exit-PSHostProcess
    Get-PSHostProcessInfo Connect-WSMan Disconnect-WSMan Test-WSMan New-WSManSessionOption`,
  ],
  [
    'connections are those of `Invoke-RestMethod` and `Invoke-WebRequest` to granted hosts',
    `Test-Connection Test-NetConnection Resolve-DnsName Send-MailMessage`,
  ],
  [
    'nobody sits before a script: hand the value over as a parameter or variable',
    `Read-Host Get-Host Out-GridView Show-Command Clear-Host Out-Printer`,
  ],
  [
    'no help is installed; the documents of PowerShell describe its commands',
    `Get-Help Save-Help Update-Help help man`,
  ],
  ['the caller keeps what a script writes: there is no transcript', `Start-Transcript Stop-Transcript`],
  [
    'scripts are not stopped and looked into while they run; write what is of interest with `Write-Debug` or `Write-Information`',
    `Wait-Debugger Debug-Runspace Enable-RunspaceDebug Disable-RunspaceDebug Get-RunspaceDebug Get-Runspace Set-PSBreakpoint
    Get-PSBreakpoint Remove-PSBreakpoint Enable-PSBreakpoint Disable-PSBreakpoint Trace-Command Set-TraceSource
    Get-TraceSource`,
  ],
  [
    'no events: nothing happens beside the script that it could wait for',
    `Register-ObjectEvent Register-EngineEvent Register-CimIndicationEvent Unregister-Event Get-Event New-Event Remove-Event
    Wait-Event Get-EventSubscriber Get-WinEvent New-WinEvent Get-EventLog Write-EventLog Get-Counter`,
  ],
  [
    'views of types are those of PowerShell: choose the properties with `Format-Table` or `Select-Object`',
    `Export-FormatData Update-FormatData Get-FormatData`,
  ],
  [
    'what the engine can do does not change while it runs',
    `Get-ExperimentalFeature Enable-ExperimentalFeature Disable-ExperimentalFeature Get-PSSubsystem Set-ExecutionPolicy
    Get-ExecutionPolicy`,
  ],
  [
    'modules are the files that were granted: none is looked for, installed or published',
    `Find-Module Install-Module Update-Module Uninstall-Module Publish-Module Save-Module Get-InstalledModule Find-Script
    Install-Script Find-PSResource Install-PSResource Get-PSRepository Register-PSRepository Set-PSRepository
    Install-Package Find-Package Get-Package Get-PackageProvider Install-PackageProvider`,
  ],
  ['Markdown is not read', `ConvertFrom-Markdown Show-Markdown Get-MarkdownOption Set-MarkdownOption`],
  [
    'rights, owners and signatures of files are not seen by scripts',
    `Get-Acl Set-Acl Get-AuthenticodeSignature Set-AuthenticodeSignature Get-PfxCertificate Get-CmsMessage
    Protect-CmsMessage Unprotect-CmsMessage New-FileCatalog Test-FileCatalog`,
  ],
  [
    'the management instrumentation of Windows is not here',
    `Get-CimInstance Invoke-CimMethod New-CimInstance Set-CimInstance Remove-CimInstance New-CimSession Get-CimSession
    Remove-CimSession Get-CimClass Get-CimAssociatedInstance Get-WmiObject Invoke-WmiMethod`,
  ],
  ['files bear no mark of where they came from, and PowerShell refuses it on Linux, too', `Unblock-File`],
  ['archives are not packed or unpacked', `Compress-Archive Expand-Archive`],
  ['look at `$Error` and at the members of an error record', `Get-Error`],
  ['bytes are shown by `[Convert]::ToHexString` and `[BitConverter]::ToString`', `Format-Hex`],
  ['define aliases with `Set-Alias` in a script or module', `Export-Alias Import-Alias`],
  [
    'there is no line of commands that is typed in',
    `Add-History Clear-History Set-PSReadLineOption Get-PSReadLineOption Set-PSReadLineKeyHandler`,
  ],
];

/** Commands of PowerShell that are deliberately absent, by the reason. */
export const refusals = reasons.map(([why, names]) => ({ why, names: names.split(/\s+/) }));

/** The reason by the command's folded name. */
export const refusedCommands: ReadonlyMap<string, string> = new Map(
  refusals.flatMap(({ why, names }) => names.map((name) => [name.toLowerCase(), why] as const)),
);
