// biome-ignore-all lint/suspicious/noTemplateCurlyInString: replacement patterns of .NET are written like that
import type { Value } from '../src/index.ts';

/** What a vector expects of an outcome; texts are compared with the printed value. */
export type Expectation =
  | { readonly prints: string | null }
  | { readonly list: readonly string[] }
  | { readonly like: RegExp }
  | { readonly dropped: true }
  | { readonly redacted: string }
  | { readonly fails: string };

export interface Vector {
  /** The number in engine sheet 21.4. */
  readonly id: string;
  readonly expression: string;
  readonly source?: Readonly<Record<string, Value>>;
  /** ISO time of the clock; 2021-07-02T15:33:38Z unless told otherwise. */
  readonly clock?: string;
  readonly expected: Expectation;
}

type Row = readonly [string, string, Readonly<Record<string, Value>>, string | null | readonly string[] | Expectation];

function isExpectation(value: Row[3]): value is Expectation {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function expectation(value: Row[3]): Expectation {
  if (isExpectation(value)) return value;
  return value === null || typeof value === 'string' ? { prints: value } : { list: value };
}

const upnToDigits =
  'Join("", Replace([userName], , "(?<Suffix>@(.)*)", "Suffix", "", , ), RandomString(3, 3, 0, 0, 0, ), "@", DefaultDomain())';
const prefixes = 'IgnoreFlowIfNullOrEmpty(Switch([prefix], "", "3443", "Dr.", "3444", "Prof.", "3445", "Prof. Dr."))';
const hireSwitch = 'Switch([Active], , "1", IIF(DateDiff("d", Now(), CDate([h])) > 5, "False", "True"), "0", "False")';
const nestedCountry = 'IIF([country]="USA",IIF([state]="CA","True","False"),"False")';
const phone = 'Replace([tel], , "\\\\+(?<isdCode>\\\\d* )(?<phoneNumber>\\\\d{10})", "phoneNumber" , , [mobile], )';
const states =
  'Switch([state], "Australia/Sydney", "NSW", "Australia/Sydney","QLD", "Australia/Brisbane", "SA", "Australia/Adelaide")';
const hire = { d: '2012-03-16-07:00' };
const pair = { a: '8/25/2021 5:41:18 PM', b: '2012-03-16-07:00' };
const days = { a: '2021-08-24', b: '2021-08-25' };

/** The conformance vectors of engine sheet 21.4: id, expression, source, what comes of it. V1 to V4 ask a target and stand beside. */
const rows: readonly Row[] = [
  [
    'A1',
    'Append([userPrincipalName], ".test")',
    { userPrincipalName: 'John.Doe@contoso.com' },
    'John.Doe@contoso.com.test',
  ],
  ['A2', 'Append(Mid([givenName], 1, 3), Mid([surname], 1, 5))', { givenName: 'John', surname: 'Doe' }, 'JohDoe'],
  [
    'A3',
    'Append(Mid([objectId], 1, 2), [userPrincipalName])',
    { objectId: '39b1', userPrincipalName: 'Aman.Gupta@xpl57.onmicrosoft.com' },
    '39Aman.Gupta@xpl57.onmicrosoft.com',
  ],
  ['A4', 'Append([mail], ".x")', { mail: null }, null],
  ['B1', 'BitAnd(&HF, &HF7)', {}, '7'],
  ['B2', 'BitAnd(15, 247)', {}, '7'],
  ['B3', 'CBool([a] = [b])', { a: 'x', b: 'x' }, 'True'],
  ['B4', 'CBool([a] = [b])', { a: 'x', b: 'y' }, 'False'],
  ['D1', 'CDate([d])', { d: '2020-03-16-07:00' }, '3/16/2020 7:00:00 AM'],
  ['D2', 'CDate("2021-06-30+08:00")', {}, '6/29/2021 4:00:00 PM'],
  ['D3', 'CDate("2009-06-15T01:45:30-07:00")', {}, '6/15/2009 8:45:30 AM'],
  ['D4', 'DateAdd("d", 7, CDate([d]))', hire, '3/23/2012 7:00:00 AM'],
  ['D5', 'DateAdd("d", -10, CDate([d]))', hire, '3/6/2012 7:00:00 AM'],
  ['D6', 'DateAdd("ww", 2, CDate([d]))', hire, '3/30/2012 7:00:00 AM'],
  ['D7', 'DateAdd("m", 10, CDate([d]))', hire, '1/16/2013 7:00:00 AM'],
  ['D8', 'DateAdd("yyyy", 2, CDate([d]))', hire, '3/16/2014 7:00:00 AM'],
  ['D9', 'DateAdd("m", 1, CDate("2021-01-31"))', {}, '2/28/2021 12:00:00 AM'],
  ['D10', 'DateDiff("d", CDate([a]), CDate([b]))', { a: '2021-08-18+08:00', b: '2021-08-31+08:00' }, '13'],
  ['D11', 'DateDiff("d", CDate([a]), CDate([b]))', pair, '-3449'],
  ['D12', 'DateDiff("ww", CDate([a]), CDate([b]))', pair, '-493'],
  ['D13', 'DateDiff("m", CDate([a]), CDate([b]))', pair, '-113'],
  ['D14', 'DateDiff("yyyy", CDate([a]), CDate([b]))', pair, '-9'],
  ['D15', 'DateDiff("d", CDate([a]), CDate([a]))', { a: '2021-08-31+08:00' }, '0'],
  ['D16', 'DateDiff("h", CDate([a]), CDate([b]))', days, '24'],
  ['D17', 'DateDiff("n", CDate([a]), CDate([b]))', days, '1440'],
  ['D18', 'DateDiff("s", CDate([a]), CDate([b]))', days, '86400'],
  ['D19', hireSwitch, { Active: '1', h: '2021-07-12T15:33:38Z' }, 'False'],
  ['D20', hireSwitch, { Active: '1', h: '2021-07-05T15:33:38Z' }, 'True'],
  ['D21', 'DateFromNum(129699324000000000)', {}, '1/1/2012 11:00:00 PM'],
  ['D22', 'FormatDateTime([x], , "yyyyMMddHHmmss.fZ", "yyyy-MM-dd")', { x: '20150123105347.1Z' }, '2015-01-23'],
  ['D23', 'FormatDateTime([x], "yyyyMMddHHmmss.fZ", "yyyy-MM-dd")', { x: '20150123105347.1Z' }, '2015-01-23'],
  [
    'D24',
    'NumFromDate(Join("", FormatDateTime([c], ,"yyyy-MM-ddzzz","yyyy-MM-dd"), " 23:59:59-08:00"))',
    { c: '2020-12-31-08:00' },
    '132539615990000000',
  ],
  [
    'D25',
    'NumFromDate(Join("",FormatDateTime([e], ,"M/d/yyyy hh:mm:ss tt","yyyy-MM-dd")," 23:59:59-08:00"))',
    { e: '12/31/2020 12:00:00 AM' },
    '132539615990000000',
  ],
  ['D26', 'Now()', {}, '7/2/2021 3:33:38 PM'],
  ['E1', 'Coalesce([mail],[userPrincipalName])', { userPrincipalName: 'John.Doe@contoso.com' }, 'John.Doe@contoso.com'],
  ['E2', 'Coalesce([a],[b],"z")', {}, 'z'],
  ['E3', 'Coalesce([a],[b])', {}, null],
  ['E4', 'Coalesce([a],"z")', { a: '' }, ''],
  ['E5', 'ConvertToBase64("Hello world!")', {}, 'SABlAGwAbABvACAAdwBvAHIAbABkACEA'],
  ['E6', 'ConvertToUTF8Hex("Hello world!")', {}, '48656C6C6F20776F726C6421'],
  ['E7', 'CStr([dn])', { dn: 'cn=Joe,dc=contoso,dc=com' }, 'cn=Joe,dc=contoso,dc=com'],
  ['E8', 'Count([proxyAddresses])', { proxyAddresses: ['a', 'b', 'c'] }, '3'],
  ['E8', 'Count([proxyAddresses])', {}, '0'],
  ['E9', 'ConvertFromBase64("SABlAGwAbABvACAAdwBvAHIAbABkACEA")', {}, 'Hello world!'],
  ['E10', 'ConvertFromBase64("SGVsbG8gd29ybGQh", UTF8)', {}, 'Hello world!'],
  ['F1', 'IgnoreFlowIfNullOrEmpty([department])', {}, { dropped: true }],
  ['F1', 'IgnoreFlowIfNullOrEmpty([department])', { department: '' }, { dropped: true }],
  ['F2', prefixes, { prefix: '9999' }, { dropped: true }],
  ['F3', prefixes, { prefix: '3444' }, 'Prof.'],
  ['G1', 'IIF([country]="USA",[country],[department])', { country: 'USA', department: 'Sales' }, 'USA'],
  ['G2', 'IIF([country]="USA",[country],[department])', { country: 'DE', department: 'Sales' }, 'Sales'],
  ['G3', nestedCountry, { country: 'USA', state: 'CA' }, 'True'],
  ['G4', 'IIF([country]="USA","True",IIF([state]="CA","True","False"))', { country: 'DE', state: 'CA' }, 'True'],
  ['G5', 'IIF(IsNullOrEmpty([country]),"Other",[country])', {}, 'Other'],
  ['H1', 'InStr("The quick brown fox","quick")', {}, '5'],
  ['H2', 'InStr("repEated","e",3,vbBinaryCompare)', {}, '7'],
  ['H3', 'InStr("repEated","e",3,vbTextCompare)', {}, '4'],
  ['H4', 'InStr("abc","x")', {}, '0'],
  ['I1', 'IsNull([displayName])', {}, 'True'],
  ['I2', 'IsNullOrEmpty([displayName])', { displayName: '' }, 'True'],
  ['I3', 'IsPresent([displayName])', { displayName: '' }, 'False'],
  ['I3', 'IsPresent([displayName])', { displayName: 'a' }, 'True'],
  ['J1', 'Item([proxyAddresses], 1)', { proxyAddresses: ['a', 'b'] }, 'a'],
  ['J2', 'Item([proxyAddresses], 0)', { proxyAddresses: ['a', 'b'] }, { fails: 'EXPRESSION_ITEM_MISSING' }],
  ['J2', 'Item([proxyAddresses], 9)', { proxyAddresses: ['a', 'b'] }, { fails: 'EXPRESSION_ITEM_MISSING' }],
  ['J3', 'Join(", ", "", [surname], [givenName])', { surname: 'Doe', givenName: 'John' }, 'Doe, John'],
  [
    'J4',
    'Join("", "CN=", Word([userPrincipalName], 1, "@"), ",CN=CloudUsers,CN=App,DC=Contoso,DC=lab")',
    { userPrincipalName: 'alice@contoso.com' },
    'CN=alice,CN=CloudUsers,CN=App,DC=Contoso,DC=lab',
  ],
  [
    'J5',
    'Join("/", "/home", ToLower(Word([userPrincipalName], 1, "@"), ))',
    { userPrincipalName: 'Alice@contoso.com' },
    '/home/alice',
  ],
  ['J6', 'Join(";", [proxyAddresses])', { proxyAddresses: ['a', 'b'] }, 'a;b'],
  [
    'J7',
    'Join("", 1000, Replace(ConvertToUTF8Hex([objectId]), , "[a-zA-Z_]*", , "", , ))',
    { objectId: '00aa00aa-bb11-cc22-dd33-44ee44ee44ee' },
    '100030306161303061612626231312636332322646433332343465653434656534346565',
  ],
  ['L1', 'Left("John Doe", 3)', {}, 'Joh'],
  ['L2', 'Left("John", 0)', {}, ''],
  ['L2', 'Left("John", -1)', {}, 'John'],
  ['L2', 'Left([x], 3)', {}, ''],
  ['L2', 'Left("Jo", 9)', {}, 'Jo'],
  ['L3', 'Mid([s], 1, 1)', { s: 'John' }, 'J'],
  ['L3', 'Mid([s], 1, 2)', { s: 'John' }, 'Jo'],
  ['L4', 'Mid([s], 3, 50)', { s: 'John' }, 'hn'],
  ['L5', 'Mid("Britta Simon", 3, 5)', {}, 'itta '],
  ['L6', 'Mid([s], 9, 2)', { s: 'John' }, 'John'],
  ['L6', 'Mid([s], 0, 2)', { s: 'John' }, 'John'],
  ['L6', 'Mid([s], 1, 0)', { s: 'John' }, ''],
  ['M1', 'NormalizeDiacritics([givenName])', { givenName: 'Zoë' }, 'Zoe'],
  ['M2', 'NormalizeDiacritics([givenName])', { givenName: 'Æsir Øre Straße Łódź İI' }, 'AEsir OEre Strasse Lodz II'],
  ['M3', 'Not([x])', { x: 'True' }, 'False'],
  ['M3', 'Not([x])', { x: true }, 'False'],
  ['M3', 'Not([x])', { x: 'False' }, 'True'],
  ['M3', 'Not([x])', { x: 'anything' }, 'True'],
  ['M3', 'Not([x])', {}, 'True'],
  ['N1', 'PCase([n])', { n: 'PABLO GONSALVES (SECOND)' }, 'Pablo Gonsalves (Second)'],
  ['N2', 'PCase([n]," \'-")', { n: "PINTO-DE'SILVA" }, "Pinto-De'Silva"],
  ['N3', 'PCase(Join(" ",[f],[l]))', { f: 'GREGORY', l: 'JAMES' }, 'Gregory James'],
  ['O1', 'RandomString(6,3,0,0,3)', {}, { like: /^(?=(?:\D*\d){3}\D*$)[a-z0-9]{6}$/ }],
  [
    'O2',
    'RandomString(10,2,2,2,1,"?,")',
    {},
    { like: /^(?=(?:.*\d){2})(?=(?:.*[^A-Za-z0-9]){2})(?=(?:.*[A-Z]){2})(?=.*[a-z])[^?,]{10}$/ },
  ],
  ['O3', 'RandomString(3, 3, 0, 0, 0, )', {}, { like: /^\d{3}$/ }],
  ['Q1', 'Redact([userPrincipalName])', { userPrincipalName: 'a@b' }, { redacted: 'a@b' }],
  ['Q2', 'RemoveDuplicates([p])', { p: ['a', 'b', 'a'] }, ['a', 'b']],
  [
    'R1',
    'Replace([t],"Product Developer", , , "Software Engineer", , )',
    { t: 'Product Developer' },
    'Software Engineer',
  ],
  [
    'R2',
    'Replace([UserID],"<username>", , , , , "<username>@contoso.com")',
    { UserID: 'jsmith' },
    'jsmith@contoso.com',
  ],
  [
    'R3',
    'Replace([tel], , "\\\\+(?<isdCode>\\\\d* )(?<phoneNumber>\\\\d{10})", , "${phoneNumber}", , )',
    { tel: '+91 9998887777' },
    '9998887777',
  ],
  ['R4', 'Replace([mobile], , "[()\\\\s-]+", , "", , )', { mobile: '+1 (999) 888-7777' }, '+19998887777'],
  [
    'R5',
    'Replace([addr], ,"(?<streetNumber>^\\\\d*)","streetNumber", "888", , )',
    { addr: '545 Tremont Street' },
    '888 Tremont Street',
  ],
  ['R6', 'Replace([upn], , "(?<Suffix>@(.)*)", "Suffix", "", , )', { upn: 'jsmith@contoso.com' }, 'jsmith'],
  ['R7', phone, { tel: '', mobile: '+91 8887779999' }, '8887779999'],
  ['R8', phone, { tel: '5551234', mobile: '+91 8887779999' }, '5551234'],
  ['R9', 'Replace([mailNickname], , "[a-zA-Z_]*", , "", , )', { mailNickname: 'john_doe72' }, '72'],
  ['R10', 'Replace([mail], "@contoso.com", , ,"", ,)', { mail: 'john.doe@contoso.com' }, 'john.doe'],
  ['R11', 'Replace([preferredLanguage], "-", , , "_", , )', { preferredLanguage: 'EN-US' }, 'EN_US'],
  ['R12', 'Replace([x], "A", , , "b", , )', { x: 'aA' }, 'ab'],
  [
    'R13',
    'Replace(Mid(Replace([UserID], , "([\\\\/\\\\\\\\\\\\[\\\\]\\\\:\\\\;\\\\|\\\\=\\\\,\\\\+\\\\*\\\\?\\\\<\\\\>])", , "", , ), 1, 20), , "(\\\\.)*$", , "", , )',
    { UserID: 'a:b;c|d..' },
    'abcd',
  ],
  ['S1', 'Split([e], ",")', { e: 'PermissionSetOne, PermissionSetTwo' }, ['PermissionSetOne', 'PermissionSetTwo']],
  [
    'S2',
    'Split("inetOrgPerson,posixAccount,shadowAccount",",")',
    {},
    ['inetOrgPerson', 'posixAccount', 'shadowAccount'],
  ],
  ['S3', 'StripSpaces([s])', { s: 'a b  c' }, 'abc'],
  ['T1', states, { state: 'QLD' }, 'Australia/Brisbane'],
  ['T2', states, { state: 'qld' }, 'Australia/Sydney'],
  ['T2', states, { state: 'VIC' }, 'Australia/Sydney'],
  ['T2', states, {}, 'Australia/Sydney'],
  ['T3', 'Switch([country],[country],"","Other")', {}, 'Other'],
  ['T3', 'Switch([country],[country],"","Other")', { country: '' }, 'Other'],
  ['T3', 'Switch([country],[country],"","Other")', { country: 'DE' }, 'DE'],
  ['T4', 'Switch([statusFlag], "Default Value", "true", "1", "", "0")', { statusFlag: '' }, '0'],
  ['T5', 'Switch(ToLower([statusFlag]), "0", "true", "1", "false", "0")', { statusFlag: 'TRUE' }, '1'],
  ['T6', 'Switch([IsSoftDeleted], , "False", "True", "True", "False")', { IsSoftDeleted: false }, 'True'],
  ['T6', 'Switch([IsSoftDeleted], , "False", "True", "True", "False")', { IsSoftDeleted: 'True' }, 'False'],
  ['T7', 'Switch([BusinessTitle],[BusinessTitle],"","N/A")', {}, 'N/A'],
  ['T8', 'Switch([x], , "a", "1")', { x: 'b' }, null],
  ['T9', 'Switch([x], "d", "a")', {}, { fails: 'EXPRESSION_ARGUMENT_COUNT' }],
  [
    'T10',
    'Switch([g], Switch([Active], , "1","False","0","True"), "Terminated Workers", "True")',
    { Active: '1' },
    'False',
  ],
  [
    'U1',
    'ToLower(Join("@", NormalizeDiacritics(StripSpaces(Join(".", [f], [l]))), "contoso.com"))',
    { f: 'John', l: 'Smith' },
    'john.smith@contoso.com',
  ],
  ['U2', 'ToLower("I", "tr-TR")', {}, '\u0131'],
  ['U3', 'ToLower("I", )', {}, 'i'],
  ['W1', 'Word("The quick brown fox",3," ")', {}, 'brown'],
  ['W2', 'Word("This,string!has&many separators",3,",!&#")', {}, 'has'],
  ['W3', 'Word([userPrincipalName], 1, "@")', { userPrincipalName: 'alice@contoso.com' }, 'alice'],
  ['W4', 'Word("a b",0," ")', {}, ''],
  ['W4', 'Word([x],1," ")', {}, ''],
  ['W4', 'Word("a b",5," ")', {}, ''],
  ['W5', 'Word("Test;;Function",2,";")', {}, ''],
  ['W6', 'Word("Test;of%function;",3,";$&%")', {}, 'function'],
  ['W7', 'Word("alice", 1, "@")', {}, 'alice'],
  ['Y1', upnToDigits, { userName: 'bjensen@example.com' }, { like: /^bjensen\d{3}@contoso\.com$/ }],
  ['Y2', 'Trim(" Test ")', {}, 'Test'],
];

export const vectors: readonly Vector[] = rows.map(([id, expression, source, expected]) => ({
  id,
  expression,
  source,
  expected: expectation(expected),
}));
