/**
 * A piece of work that both PowerShells do, with the seconds that the embedded one may take. It runs where the files of
 * `people.ts` are, and writes nothing.
 */
export interface Work {
  readonly name: string;
  readonly script: string;
  readonly goalSeconds: number;
}

export const works: readonly Work[] = [
  {
    name: 'Import-Csv of a million rows, seven columns, 120 MB',
    script: "$x = Import-Csv people-1m.csv -Delimiter ';'; $null = $x.Count",
    goalSeconds: 4.5,
  },
  {
    name: 'ConvertFrom-Json of 36 MB',
    script: '$x = Get-Content -Raw people.json | ConvertFrom-Json; $null = $x.Count',
    goalSeconds: 2.5,
  },
  {
    name: 'an import script over 100,000 rows',
    script: `
$list = [System.Collections.Generic.List[object]]::new()
foreach ($row in (Import-Csv people-100k.csv -Delimiter ';')) {
    $entry = @{}
    foreach ($column in 'AzureObjectID', 'IsActive', 'DisplayName', 'EmployeeId', 'Title', 'UserName', 'Email') {
        $value = $row.$column
        if ([string]::IsNullOrEmpty($value)) { continue }
        $values = [System.Collections.Generic.List[object]]::new()
        foreach ($part in $value.Split(';')) { $values.Add($part) }
        $entry[$column] = $values
    }
    $list.Add($entry)
}
$null = $list.Count`,
    goalSeconds: 0.6,
  },
  {
    name: 'a million numbers through Where-Object, ForEach-Object and Measure-Object',
    script: '$null = 1..1000000 | Where-Object { $_ % 2 } | ForEach-Object { $_ * 2 } | Measure-Object -Sum',
    goalSeconds: 1.2,
  },
  {
    name: 'Select-Object with a calculated property over 100,000 objects',
    script:
      '$null = 1..100000 | ForEach-Object { [pscustomobject]@{ id = $_; n = "x$_" } } | Select-Object id, @{ n = \'m\'; e = { $_.n } } | Measure-Object',
    goalSeconds: 0.4,
  },
  {
    name: 'a million calls of a function with two typed parameters',
    script:
      "function Add-One([int]$a, [string]$b = 'x') { $a + 1 }; for ($i = 0; $i -lt 1000000; $i++) { $null = Add-One $i }",
    goalSeconds: 2,
  },
  {
    name: 'a million turns with property reads and method calls',
    script:
      "$o = [pscustomobject]@{ a = 1; n = 'abc' }; $s = 0; for ($i = 0; $i -lt 1000000; $i++) { $s += $o.a + $o.n.Length; $null = $o.n.ToUpper() }",
    goalSeconds: 0.6,
  },
  {
    name: 'ten million turns of a for loop with arithmetic',
    script: '$s = 0; for ($i = 0; $i -lt 10000000; $i++) { $s += $i % 7 }',
    goalSeconds: 1.4,
  },
];
