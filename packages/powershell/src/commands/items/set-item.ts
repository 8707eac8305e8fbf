import { Thrown } from '../../errors/thrown.ts';
import type { CmdletCall, CmdletDescription } from '../description.ts';
import { attemptChange } from '../variables/set-variable.ts';
import { management, notSupported, passThru } from './change-files.ts';
import { filterParameters, force, pathParameters } from './path-parameters.ts';
import { itemName, placePath } from './paths.ts';
import { itemsOfProvider } from './provider-items.ts';
import { pathsOf, resolveItems } from './resolve-items.ts';

export const setItem: CmdletDescription = {
  name: 'Set-Item',
  typeName: 'Microsoft.PowerShell.Commands.SetItemCommand',
  module: management,
  defaultSet: 'Path',
  supportsShouldProcess: true,
  parameters: [
    ...pathParameters({ fromPipeline: false }),
    {
      name: 'Value',
      type: 'object',
      position: 1,
      fromPipeline: true,
      fromPipelineByPropertyName: true,
      allowNull: true,
    },
    force,
    passThru,
    ...filterParameters,
  ],
  start: (call) => ({
    process() {
      for (const path of pathsOf(call).paths) setPath(call, path);
    },
  }),
};

function setPath(call: CmdletCall, path: string): void {
  const { session, scope } = call;
  try {
    const placed = placePath(session, path);
    const items = itemsOfProvider(placed.drive.provider);
    if (items === undefined) notSupported(call);
    const name = itemName(placed);
    if (!call.shouldProcess(`Item: ${name} Value: ${session.text(call.get('Value'))}`, 'Set Item')) return;
    attemptChange(call, () => items.set(session, scope, name, call.get('Value') ?? null, call.isOn('Force')));
    const item = call.isOn('PassThru') ? items.find(session, scope, name) : undefined;
    if (item !== undefined) call.write(item.value);
  } catch (error) {
    if (!(error instanceof Thrown) || error.record.errorId !== 'DriveNotFound') throw error;
    call.writeError(error.record);
  }
}

export const clearItem: CmdletDescription = {
  name: 'Clear-Item',
  typeName: 'Microsoft.PowerShell.Commands.ClearItemCommand',
  module: management,
  defaultSet: 'Path',
  supportsShouldProcess: true,
  parameters: [...pathParameters(), ...filterParameters, force],
  start: (call) => ({
    process() {
      const { session, scope } = call;
      const { paths, isLiteral } = pathsOf(call);
      for (const item of paths.flatMap((path) => resolveItems(call, path, isLiteral))) {
        if (item.kind === 'file') notSupported(call);
        else attemptChange(call, () => item.items.set(session, scope, item.item.name, null, call.isOn('Force')));
      }
    },
  }),
};
