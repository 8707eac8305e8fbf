import { enumerable } from '../../conversion/enumerate.ts';
import { NetFailure } from '../../errors/raise.ts';
import { Thrown } from '../../errors/thrown.ts';
import { WildcardPattern } from '../../operators/wildcard.ts';
import { namedType } from '../../types/intrinsic.ts';
import { getMember } from '../../types/members.ts';
import { getStatic, invokeStatic } from '../../types/static-members.ts';
import type { Value } from '../../values/value.ts';
import { cmdletError } from '../cmdlet-error.ts';
import type { CmdletCall, CmdletDescription } from '../description.ts';
import { textsOf } from '../items-of.ts';

const timeZone = 'System.TimeZoneInfo';

export const getTimeZone: CmdletDescription = {
  name: 'Get-TimeZone',
  typeName: 'Microsoft.PowerShell.Commands.GetTimeZoneCommand',
  module: 'Microsoft.PowerShell.Management',
  defaultSet: 'Name',
  parameters: [
    { name: 'Id', type: 'string[]', sets: ['Id'], mandatory: true, fromPipelineByPropertyName: true },
    { name: 'ListAvailable', type: 'switch', sets: ['ListAvailable'], mandatory: true },
    { name: 'Name', type: 'string[]', sets: ['Name'], position: 0, fromPipeline: true },
  ],
  start: (call) => ({
    process() {
      const { session } = call;
      const type = namedType(timeZone);
      if (call.isOn('ListAvailable')) {
        for (const zone of zones(call)) call.write(zone);
      } else if (call.has('Id')) {
        for (const id of textsOf(call.get('Id'))) byId(call, id);
      } else if (call.has('Name')) {
        for (const name of textsOf(call.get('Name'))) byName(call, name);
      } else {
        call.write(getStatic(type, 'Local', session));
      }
    },
  }),
};

function zones(call: CmdletCall): Iterable<Value> {
  const list = invokeStatic(namedType(timeZone), 'GetSystemTimeZones', [], call.session);
  return enumerable(list, call.session) ?? [];
}

function byId(call: CmdletCall, id: string): void {
  try {
    call.write(invokeStatic(namedType(timeZone), 'FindSystemTimeZoneById', [id], call.session));
  } catch (error) {
    if (!(error instanceof Thrown || error instanceof NetFailure)) throw error;
    notFound(call, 'ID', id, 'Id');
  }
}

/** By the standard or daylight name, wildcards allowed. */
function byName(call: CmdletCall, name: string): void {
  const { session } = call;
  const pattern = new WildcardPattern(name);
  let isFound = false;
  for (const zone of zones(call)) {
    const names = [getMember(zone, 'StandardName', session), getMember(zone, 'DaylightName', session)];
    if (!names.some((one) => pattern.matches(session.text(one)))) continue;
    isFound = true;
    call.write(zone);
  }
  if (!isFound) notFound(call, 'name', name, 'Name');
}

function notFound(call: CmdletCall, what: string, given: string, parameter: string): void {
  call.writeError(
    cmdletError('TimeZoneNotFound', `The time zone ${what} '${given}' was not found on the local computer.`, {
      type: 'System.TimeZoneNotFoundException',
      category: 'InvalidArgument',
      target: parameter,
    }),
  );
}
