/** A piece of work that both PowerShells do, with the seconds that the embedded one may take. */
export interface Work {
  readonly name: string;
  readonly script: string;
  readonly goalSeconds: number;
}

export const works: readonly Work[] = [
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
