/** Commands of script blocks, by folded name; everything else is refused (inbound sheet B.5, PSB001). */
export const allowedCommands: ReadonlyMap<string, string> = new Map([
  ['get-date', 'Get-Date'],
  ['foreach-object', 'ForEach-Object'],
  ['%', 'ForEach-Object'],
  ['foreach', 'ForEach-Object'],
  ['where-object', 'Where-Object'],
  ['?', 'Where-Object'],
  ['where', 'Where-Object'],
]);

const comparisons = ['eq', 'ne', 'gt', 'ge', 'lt', 'le', 'like', 'match', 'contains', 'in'];

/**
 * Parameters of the commands, folded: none of those that every command has, which set variables and more. `ForEach-Object`
 * has none, for it could call any method.
 */
export const allowedParameters: ReadonlyMap<string, readonly string[]> = new Map([
  [
    'Get-Date',
    [
      'date',
      'lastwritetime',
      'unixtimeseconds',
      'unixtime',
      'year',
      'month',
      'day',
      'hour',
      'minute',
      'second',
      'millisecond',
      'format',
      'uformat',
      'asutc',
    ],
  ],
  [
    'Where-Object',
    [
      'filterscript',
      'property',
      'value',
      'not',
      ...comparisons.flatMap((name) => [name, `i${name}`, `c${name}`, `not${name}`, `inot${name}`, `cnot${name}`]),
    ],
  ],
]);

/** Types by folded name without `System.` whose static members script blocks may use: the list of PSB002. */
export const typesWithStatics: ReadonlySet<string> = new Set([
  'string',
  'char',
  'int',
  'int32',
  'long',
  'int64',
  'double',
  'decimal',
  'bool',
  'boolean',
  'datetime',
  'timespan',
  'guid',
  'regex',
  'text.regularexpressions.regex',
  'math',
  'cultureinfo',
  'globalization.cultureinfo',
  'convert',
]);

/** Types of script blocks: those, and what the language itself has names for, for casts alone. */
export const allowedTypes: ReadonlySet<string> = new Set([
  ...typesWithStatics,
  'array',
  'object',
  'void',
  'ordered',
  'hashtable',
  'pscustomobject',
]);

/** Static members that tell the time: the same row gives the same result whenever it is mapped. */
export const refusedStatics: ReadonlySet<string> = new Set(['now', 'utcnow', 'today']);

/** Methods that may be called on values. */
export const allowedMethods: ReadonlySet<string> = new Set([
  'tolower',
  'toupper',
  'tolowerinvariant',
  'toupperinvariant',
  'trim',
  'trimstart',
  'trimend',
  'substring',
  'replace',
  'split',
  'startswith',
  'endswith',
  'contains',
  'indexof',
  'lastindexof',
  'padleft',
  'padright',
  'insert',
  'remove',
  'tochararray',
  'normalize',
  'tostring',
  'equals',
  'compareto',
  'touniversaltime',
  'tolocaltime',
  'addyears',
  'addmonths',
  'adddays',
  'addhours',
  'addminutes',
  'addseconds',
  'addmilliseconds',
  'addticks',
  'add',
  'subtract',
  'containskey',
  'match',
  'matches',
  'ismatch',
]);

/** Properties that lead from a value into the engine. */
export const refusedProperties: ReadonlySet<string> = new Set([
  'psobject',
  'psbase',
  'psadapted',
  'psextended',
  'pstypenames',
]);

/** Automatic variables that lead out of the data. */
export const refusedVariables: ReadonlySet<string> = new Set([
  'executioncontext',
  'host',
  'pscmdlet',
  'myinvocation',
  'psboundparameters',
  'psdefaultparametervalues',
  'psversiontable',
  'error',
  'home',
  'pwd',
  'pid',
  'profile',
  'shellid',
  'psscriptroot',
  'pscommandpath',
  'pshome',
  'psculture',
  'psuiculture',
  'stacktrace',
]);

/** Bounds of a file (PSD005). */
export const dataLimits = { keys: 500, nodes: 5000, levels: 64, bytes: 2 ** 20 } as const;

/** Characters of a regular expression in a script block. */
export const longestPattern = 1000;

/** A type name as the lists have it. */
export function foldedTypeName(name: string): string {
  return name.toLowerCase().replace(/^system\./, '');
}
