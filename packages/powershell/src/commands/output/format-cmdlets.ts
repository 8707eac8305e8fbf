import { baseOf, typeOf } from '../../conversion/base.ts';
import { typeNames } from '../../types/type-names.ts';
import type { Value } from '../../values/value.ts';
import { cmdletError } from '../cmdlet-error.ts';
import type { CmdletCall, CmdletDescription, CmdletParameter } from '../description.ts';
import { builtInViews } from './format/built-in-views.ts';
import type { FormatRequest } from './format/generator.ts';
import { ObjectStream } from './format/object-stream.ts';
import type { View } from './format/view.ts';
import { formatProperties, propertyKeys } from './format-parameters.ts';

const common: readonly CmdletParameter[] = [
  { name: 'GroupBy', type: 'object' },
  {
    name: 'View',
    type: 'string',
    coverage: {
      state: 'approximated',
      why: 'only the views of PowerShell itself are there, of the types the engine has',
    },
  },
  { name: 'ShowError', type: 'switch' },
  { name: 'DisplayError', type: 'switch' },
  { name: 'Force', type: 'switch' },
  { name: 'Expand', type: 'string', validate: { set: ['CoreOnly', 'EnumOnly', 'Both'] } },
  { name: 'InputObject', type: 'object', fromPipeline: true, allowNull: true },
];

const table: readonly CmdletParameter[] = [
  { name: 'AutoSize', type: 'switch' },
  {
    name: 'RepeatHeader',
    type: 'switch',
    coverage: {
      state: 'approximated',
      why: 'accepted and without effect: there is no screen whose height would count',
    },
  },
  { name: 'HideTableHeaders', type: 'switch' },
  { name: 'Wrap', type: 'switch' },
];

const properties: CmdletParameter = { name: 'Property', type: 'object[]', position: 0 };
const atLeastOne = { range: [1, 2 ** 31 - 1] } as const;

function refuse(call: CmdletCall, id: string, message: string): never {
  const record = cmdletError(id, 'Found invalid data while decoding.', {
    type: 'System.IO.InvalidDataException',
    category: 'InvalidArgument',
  });
  record.details = { message, recommendedAction: '' };
  return call.fail(record);
}

const expansions = ['CoreOnly', 'EnumOnly', 'Both'] as const;

function requestOf(call: CmdletCall, shape: View['kind']): FormatRequest {
  const isBound = (name: string) => (call.has(name) ? call.isOn(name) : undefined);
  const given = call.get('Property');
  const chosen = given === undefined || given === null ? undefined : formatProperties(call, given, propertyKeys[shape]);
  const view = call.has('View') ? call.session.text(call.get('View')) : '';
  if (view !== '' && chosen !== undefined && chosen.length > 0) {
    refuse(call, 'FormatCannotSpecifyViewAndProperty', 'Cmdlet parameters View and Property are mutually exclusive.');
  }
  if (shape === 'wide' && call.isOn('AutoSize') && call.has('Column')) {
    refuse(
      call,
      'FormatCannotSpecifyAutosizeAndColumns',
      'Cmdlet parameters AutoSize and Column are mutually exclusive.',
    );
  }
  const groupBy = call.get('GroupBy');
  const number = (value: Value) => (typeof value === 'number' ? value : undefined);
  return {
    shape,
    properties: chosen,
    groupBy:
      groupBy === undefined || groupBy === null ? undefined : formatProperties(call, groupBy, propertyKeys.group)[0],
    view: view === '' ? undefined : view,
    autoSize: isBound('AutoSize'),
    wraps: isBound('Wrap'),
    hideHeader: isBound('HideTableHeaders'),
    columns: number(call.get('Column')),
    depth: number(call.get('Depth')),
    force: call.isOn('Force'),
    expand: expansions.find((one) => one.toLowerCase() === call.session.text(call.get('Expand')).toLowerCase()),
    displayErrors: call.isOn('DisplayError'),
    showErrors: call.isOn('ShowError'),
  };
}

const shapeNames = { table: 'Table', list: 'List', wide: 'Wide', custom: 'Custom' } as const;

/** Says which views there are, as PowerShell does. */
function noView(call: CmdletCall, shape: View['kind'], name: string, value: Value): never {
  const [typeName = ''] = typeNames(value);
  const fitting = builtInViews.filter(({ types }) => types.includes(typeName));
  const ofShape = fitting.filter(({ kind }) => kind === shape);
  const otherShapes = fitting.filter((view) => view.kind !== shape && view.name.toLowerCase() === name.toLowerCase());
  const base = baseOf(value);
  const netName = base === null || base === undefined ? '' : typeOf(base).name;
  let message = `The view name ${name} cannot be found.`;
  if (ofShape.length > 0) {
    const names = ofShape.map((view) => view.name).join(', ');
    message += ` Specify one of the following ${shapeNames[shape]} views and try again: ${names}.`;
  } else if (otherShapes.length > 0) {
    const commands = otherShapes.map(({ kind }) => `Format-${shapeNames[kind]}`).join(', ');
    message = ` The view name ${name} cannot be found in the ${shapeNames[shape]} formatting. Try using one of these other format cmdlets: ${commands}`;
  } else {
    message += ` There are no existing ${shapeNames[shape]} views for ${netName} objects.`;
  }
  const record = cmdletError('FormatViewNotFound', 'The pipeline has been stopped.', {
    type: 'System.Management.Automation.PipelineStoppedException',
    category: 'ObjectNotFound',
    target: name,
  });
  record.details = { message, recommendedAction: '' };
  return call.fail(record);
}

function formatCmdlet(
  name: string,
  shape: View['kind'],
  parameters: readonly CmdletParameter[],
  module = 'Microsoft.PowerShell.Utility',
): CmdletDescription {
  return {
    name,
    typeName: `Microsoft.PowerShell.Commands.${name.replace('-', '')}Command`,
    module,
    parameters: [...parameters, ...common],
    coverage: {
      state: 'approximated',
      why: 'views are those of PowerShell for the types that the engine has; of other types all properties that the engine has are shown',
    },
    start: (call) => {
      const stream = new ObjectStream(
        call.session,
        (packet) => call.write(packet),
        requestOf(call, shape),
        (view, value) => noView(call, shape, view, value),
      );
      return {
        process() {
          const input = call.get('InputObject');
          if (input !== undefined && input !== null) stream.write(input);
        },
        end: () => stream.end(),
      };
    },
  };
}

export const formatCmdlets: readonly CmdletDescription[] = [
  formatCmdlet('Format-Table', 'table', [...table, properties]),
  formatCmdlet('Format-List', 'list', [properties]),
  formatCmdlet('Format-Wide', 'wide', [
    { name: 'Property', type: 'object', position: 0 },
    { name: 'AutoSize', type: 'switch' },
    { name: 'Column', type: 'int', validate: atLeastOne },
  ]),
  formatCmdlet('Format-Custom', 'custom', [properties, { name: 'Depth', type: 'int', validate: atLeastOne }]),
];
