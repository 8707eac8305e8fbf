import { namedType } from '../../types/intrinsic.ts';
import { getStatic, invokeStatic } from '../../types/static-members.ts';
import type { CmdletDescription } from '../description.ts';
import { textsOf } from '../items-of.ts';

const cultureInfo = 'System.Globalization.CultureInfo';

export const getCulture: CmdletDescription = {
  name: 'Get-Culture',
  typeName: 'Microsoft.PowerShell.Commands.GetCultureCommand',
  module: 'Microsoft.PowerShell.Utility',
  defaultSet: 'CurrentCulture',
  parameters: [
    { name: 'Name', type: 'string[]', sets: ['Name'], position: 0, fromPipeline: true },
    { name: 'NoUserOverrides', type: 'switch', sets: ['CurrentCulture', 'Name'] },
  ],
  leftOut: { ListAvailable: 'the cultures are not listed: name the one' },
  start: (call) => ({
    process() {
      const { session } = call;
      const type = namedType(cultureInfo);
      if (!call.has('Name')) call.write(getStatic(type, 'CurrentCulture', session));
      for (const name of textsOf(call.get('Name'))) call.write(invokeStatic(type, 'GetCultureInfo', [name], session));
    },
  }),
};

export const getUiCulture: CmdletDescription = {
  name: 'Get-UICulture',
  typeName: 'Microsoft.PowerShell.Commands.GetUICultureCommand',
  module: 'Microsoft.PowerShell.Utility',
  parameters: [],
  start: (call) => ({
    begin: () => call.write(getStatic(namedType(cultureInfo), 'CurrentUICulture', call.session)),
  }),
};
