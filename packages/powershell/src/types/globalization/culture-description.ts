import { netFailure } from '../../errors/raise.ts';
import { as, text } from '../../values/narrow.ts';
import type { Value } from '../../values/value.ts';
import { enumeration } from '../enumeration.ts';
import type { TypeDescription } from '../net-type.ts';
import { Calendar, calendarDescription, isoWeekDescription } from './calendar-description.ts';
import { CompareInfo, compareInfoDescription, compareOption } from './compare-info.ts';
import { CultureInfo, cultureOf, DateTimeFormatInfo, invariantCulture, NumberFormatInfo } from './culture.ts';
import { currentCultureProperty, currentUiCultureProperty } from './current-culture-properties.ts';
import { dateFormatDescription } from './date-format-description.ts';
import { numberFormatDescription } from './number-format-description.ts';
import { TextInfo, textInfoDescription } from './text-info.ts';

const self = (value: Value): CultureInfo => as(value, CultureInfo);

function byName(name: Value): CultureInfo {
  if (name === null || name === undefined) {
    throw netFailure('System.ArgumentNullException', 'Value cannot be null.', { parameter: 'name' });
  }
  const culture = cultureOf(text(name));
  if (culture !== undefined) return culture;
  throw netFailure(
    'System.Globalization.CultureNotFoundException',
    `Culture is not supported. (Parameter 'name')\n${text(name)} is an invalid culture identifier.`,
    { details: { ParamName: 'name', InvalidCultureName: text(name) } },
  );
}

function displayName(culture: CultureInfo, language: string): string {
  if (culture.name === '') return 'Invariant Language (Invariant Country)';
  return (
    new Intl.DisplayNames(language, { type: 'language', languageDisplay: 'standard' }).of(culture.name) ?? culture.name
  );
}

const cultureDescription: TypeDescription = {
  name: 'System.Globalization.CultureInfo',
  kind: 'class',
  accelerators: ['cultureinfo'],
  interfaces: ['System.IFormatProvider', 'System.ICloneable'],
  constructors: [
    { signature: 'cultureinfo new(string name)', invoke: (_self, [name]) => new CultureInfo(byName(name).name) },
    {
      signature: 'cultureinfo new(string name, bool useUserOverride)',
      invoke: (_self, [name]) => new CultureInfo(byName(name).name),
    },
  ],
  staticProperties: {
    CurrentCulture: currentCultureProperty,
    CurrentUICulture: currentUiCultureProperty,
    InstalledUICulture: { type: 'cultureinfo', get: () => invariantCulture },
    InvariantCulture: { type: 'cultureinfo', get: () => invariantCulture },
  },
  staticMethods: {
    CreateSpecificCulture: [
      {
        signature: 'static cultureinfo CreateSpecificCulture(string name)',
        invoke: (_self, [name]) => {
          const culture = byName(name);
          if (culture.name === '' || culture.name.includes('-')) return culture;
          const { language, region } = new Intl.Locale(culture.name).maximize();
          return byName(`${language}-${region ?? ''}`);
        },
      },
    ],
    GetCultureInfo: [
      { signature: 'static cultureinfo GetCultureInfo(string name)', invoke: (_self, [name]) => byName(name) },
    ],
    ReadOnly: [
      { signature: 'static cultureinfo ReadOnly(cultureinfo ci)', invoke: (_self, [culture]) => self(culture) },
    ],
  },
  properties: {
    Calendar: { type: 'System.Globalization.Calendar', get: () => new Calendar() },
    CompareInfo: { type: 'System.Globalization.CompareInfo', get: (value) => new CompareInfo(self(value)) },
    DateTimeFormat: {
      type: 'System.Globalization.DateTimeFormatInfo',
      get: (value) => self(value).dates,
      set: (value, format) => {
        self(value).dates = as(format, DateTimeFormatInfo);
      },
    },
    DisplayName: { type: 'string', get: (value) => displayName(self(value), 'en') },
    EnglishName: { type: 'string', get: (value) => displayName(self(value), 'en') },
    IetfLanguageTag: { type: 'string', get: (value) => self(value).name },
    IsNeutralCulture: { type: 'bool', get: (value) => self(value).name !== '' && !self(value).name.includes('-') },
    IsReadOnly: { type: 'bool', get: (value) => self(value).isReadOnly },
    LCID: { type: 'int', get: (value) => lcids.get(self(value).name) ?? 4096 },
    Name: { type: 'string', get: (value) => self(value).name },
    NativeName: {
      type: 'string',
      get: (value) => displayName(self(value), self(value).name === '' ? 'en' : self(value).name),
    },
    NumberFormat: {
      type: 'System.Globalization.NumberFormatInfo',
      get: (value) => self(value).numbers,
      set: (value, format) => {
        self(value).numbers = as(format, NumberFormatInfo);
      },
    },
    Parent: {
      type: 'cultureinfo',
      get: (value) => byName(self(value).name.includes('-') ? self(value).name.replace(/-[^-]*$/, '') : ''),
    },
    TextInfo: { type: 'System.Globalization.TextInfo', get: (value) => new TextInfo(self(value)) },
    TwoLetterISOLanguageName: {
      type: 'string',
      get: (value) => (self(value).name === '' ? 'iv' : self(value).name.replace(/-.*$/, '')),
    },
  },
  methods: {
    Clone: [{ signature: 'System.Object Clone()', invoke: (value) => self(value).clone() }],
    Equals: [
      {
        signature: 'bool Equals(System.Object value)',
        invoke: (value, [other]) => other instanceof CultureInfo && self(value).name === other.name,
      },
    ],
    ToString: [{ signature: 'string ToString()', invoke: (value) => self(value).name }],
  },
  equals: (left, right) => right instanceof CultureInfo && self(left).name === right.name,
  hashKey: (value) => self(value).name,
  toText: (value) => self(value).name,
};

const lcids: ReadonlyMap<string, number> = new Map([
  ['', 127],
  ['en-US', 1033],
  ['en-GB', 2057],
  ['de-DE', 1031],
  ['de-AT', 3079],
  ['de-CH', 2055],
  ['fr-FR', 1036],
  ['it-IT', 1040],
  ['es-ES', 3082],
  ['nl-NL', 1043],
  ['pl-PL', 1045],
  ['sv-SE', 1053],
  ['da-DK', 1030],
  ['nb-NO', 1044],
  ['ja-JP', 1041],
]);

export const cultureDescriptions: readonly TypeDescription[] = [
  cultureDescription,
  dateFormatDescription,
  numberFormatDescription,
  textInfoDescription,
  compareInfoDescription,
  calendarDescription,
  { name: 'System.Globalization.GregorianCalendar', kind: 'class', base: 'System.Globalization.Calendar' },
  isoWeekDescription,
  enumeration(
    'System.Globalization.CompareOptions',
    {
      None: 0,
      IgnoreCase: compareOption.ignoreCase,
      IgnoreNonSpace: compareOption.ignoreNonSpace,
      IgnoreSymbols: compareOption.ignoreSymbols,
      IgnoreKanaType: 8,
      IgnoreWidth: 16,
      NumericOrdering: 32,
      OrdinalIgnoreCase: 0x10000000,
      StringSort: 0x20000000,
      Ordinal: 0x40000000,
    },
    { flags: true },
  ),
];
