import { NetFailure } from '../../errors/raise.ts';
import { Thrown } from '../../errors/thrown.ts';
import { Collector } from '../../runtime/output.ts';
import { newClosure } from '../../runtime/pipeline/closure.ts';
import { withContext } from '../../runtime/pipeline/invoke-with-context.ts';
import { steppablePipeline } from '../../runtime/pipeline/steppable.ts';
import { sessionOf } from '../../runtime/session-of.ts';
import { NetArray, objectArray } from '../../values/array.ts';
import { List } from '../../values/list.ts';
import { as, text } from '../../values/narrow.ts';
import { ScriptBlock } from '../../values/script-block.ts';
import type { Value } from '../../values/value.ts';
import { closeType } from '../closed-type.ts';
import { GenericList } from '../collections/generic-list.ts';
import { namedType, netTypes } from '../intrinsic.ts';
import { astObject } from '../language/ast-nodes.ts';
import type { CallContext, TypeDescription } from '../net-type.ts';

const self = (value: Value): ScriptBlock => as(value, ScriptBlock);

/** Runs a block as its methods do; an error inside is an exception of the method. */
function run(block: ScriptBlock, args: Value, context: CallContext): Value[] {
  const out = new Collector();
  const given = args instanceof NetArray ? args.items : [];
  try {
    sessionOf(context).run(block, { args: given, newScope: true, errorsEnd: true, out });
  } catch (error) {
    if (error instanceof Thrown) throw new NetFailure(error.record.exception);
    throw error;
  }
  return out.items;
}

/** `[scriptblock]` */
export const scriptBlock: TypeDescription = {
  name: 'System.Management.Automation.ScriptBlock',
  kind: 'class',
  accelerators: ['scriptblock'],
  staticMethods: {
    Create: [
      {
        signature: 'System.Management.Automation.ScriptBlock Create(string script)',
        invoke: (_self, [script], context) => {
          const session = sessionOf(context);
          const { ast, text: source } = session.parseBlock(text(script), session.frame.scope.state);
          return new ScriptBlock(ast, source);
        },
      },
    ],
  },
  properties: {
    Ast: {
      type: 'System.Management.Automation.Language.Ast',
      get: (value) => astObject(self(value).ast, self(value).ast.source),
    },
    File: { type: 'string', get: (value) => self(value).ast.source.file ?? null },
    IsFilter: { type: 'bool', get: (value) => self(value).isFilter },
    Module: {
      type: 'System.Management.Automation.PSModuleInfo',
      get: (value) => self(value).state?.module ?? null,
    },
  },
  methods: {
    Invoke: [
      {
        signature:
          'System.Collections.ObjectModel.Collection[System.Management.Automation.PSObject] Invoke(params System.Object[] args)',
        invoke: (value, [args], context) => {
          const type = closeType(namedType('System.Collections.ObjectModel.Collection`1'), [netTypes.psObject]);
          return new GenericList(type, netTypes.psObject, run(self(value), args, context));
        },
      },
    ],
    InvokeWithContext: [
      {
        // The variables are a List[psvariable]; one alone stands for a list of one.
        signature:
          'System.Collections.ObjectModel.Collection[System.Management.Automation.PSObject] InvokeWithContext(System.Collections.IDictionary functionsToDefine, System.Object variablesToDefine, params System.Object[] args)',
        invoke: (value, [functions, variables, args], context) => {
          const block = self(value);
          const list = variables instanceof List ? variables.items : [variables];
          const items = withContext(sessionOf(context), block, { functions, variables: list }, () =>
            run(block, args, context),
          );
          const type = closeType(namedType('System.Collections.ObjectModel.Collection`1'), [netTypes.psObject]);
          return new GenericList(type, netTypes.psObject, items);
        },
      },
    ],
    InvokeReturnAsIs: [
      {
        signature: 'System.Object InvokeReturnAsIs(params System.Object[] args)',
        invoke: (value, [args], context) => {
          const items = run(self(value), args, context);
          if (items.length === 1) return items[0];
          return items.length === 0 ? undefined : objectArray(items);
        },
      },
    ],
    GetNewClosure: [
      {
        signature: 'System.Management.Automation.ScriptBlock GetNewClosure()',
        invoke: (value, _none, context) => newClosure(sessionOf(context), self(value)),
      },
    ],
    GetSteppablePipeline: [
      {
        signature: 'System.Management.Automation.SteppablePipeline GetSteppablePipeline()',
        invoke: (value, _none, context) => steppablePipeline(sessionOf(context), self(value)),
      },
      {
        signature:
          'System.Management.Automation.SteppablePipeline GetSteppablePipeline(System.Management.Automation.CommandOrigin commandOrigin)',
        invoke: (value, _none, context) => steppablePipeline(sessionOf(context), self(value)),
      },
    ],
  },
  toText: (value) => self(value).text,
};
