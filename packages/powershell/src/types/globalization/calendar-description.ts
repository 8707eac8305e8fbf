import { EnumValue } from '../../values/enum.ts';
import { Instance } from '../../values/instance.ts';
import { as } from '../../values/narrow.ts';
import { namedType } from '../intrinsic.ts';
import type { NetType, TypeDescription } from '../net-type.ts';
import { partsOf } from '../time/calendar.ts';
import { DateTime } from '../time/date-time.ts';
import { isoWeek, weekOfYear } from './week.ts';

export class Calendar extends Instance {
  get type(): NetType {
    return namedType('System.Globalization.GregorianCalendar');
  }
}

export const calendarDescription: TypeDescription = {
  name: 'System.Globalization.Calendar',
  kind: 'class',
  isAbstract: true,
  methods: {
    GetWeekOfYear: [
      {
        signature:
          'int GetWeekOfYear(datetime time, System.Globalization.CalendarWeekRule rule, System.DayOfWeek firstDayOfWeek)',
        invoke: (_value, [date, rule, first]) =>
          weekOfYear(
            partsOf(as(date, DateTime).ticks),
            rule instanceof EnumValue ? Number(rule.value) : 0,
            first instanceof EnumValue ? Number(first.value) : 0,
          ),
      },
    ],
    GetYear: [
      { signature: 'int GetYear(datetime time)', invoke: (_value, [date]) => partsOf(as(date, DateTime).ticks).year },
    ],
  },
};

export const isoWeekDescription: TypeDescription = {
  name: 'System.Globalization.ISOWeek',
  kind: 'class',
  isAbstract: true,
  staticMethods: {
    GetWeekOfYear: [
      {
        signature: 'static int GetWeekOfYear(datetime date)',
        invoke: (_self, [date]) => isoWeek(partsOf(as(date, DateTime).ticks)).week,
      },
    ],
    GetYear: [
      {
        signature: 'static int GetYear(datetime date)',
        invoke: (_self, [date]) => isoWeek(partsOf(as(date, DateTime).ticks)).year,
      },
    ],
  },
};
