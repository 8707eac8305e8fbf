import { enumeration } from '../enumeration.ts';

export const enumDescriptions = [
  enumeration('System.DayOfWeek', ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday']),
  enumeration('System.DateTimeKind', ['Unspecified', 'Utc', 'Local']),
  enumeration(
    'System.Globalization.DateTimeStyles',
    {
      None: 0,
      AllowLeadingWhite: 1,
      AllowTrailingWhite: 2,
      AllowInnerWhite: 4,
      AllowWhiteSpaces: 7,
      NoCurrentDateDefault: 8,
      AdjustToUniversal: 16,
      AssumeLocal: 32,
      AssumeUniversal: 64,
      RoundtripKind: 128,
    },
    { flags: true },
  ),
  enumeration('System.Globalization.TimeSpanStyles', { None: 0, AssumeNegative: 1 }, { flags: true }),
  enumeration('System.Globalization.CalendarWeekRule', ['FirstDay', 'FirstFullWeek', 'FirstFourDayWeek']),
];
