import { NetArray } from '../../values/array.ts';
import { Delegate } from '../../values/delegate.ts';
import { as } from '../../values/narrow.ts';
import type { Value } from '../../values/value.ts';
import type { TypeDescription } from '../net-type.ts';

const self = (value: Value): Delegate => as(value, Delegate);

/** A delegate type: its `Invoke` as a signature. */
function delegate(name: string, signature: string, typeParameters?: readonly string[]): TypeDescription {
  return {
    name,
    kind: 'delegate',
    ...(typeParameters === undefined ? {} : { typeParameters }),
    methods: {
      Invoke: [{ signature, invoke: (value, args, context) => context.invoke(self(value), args) }],
    },
  };
}

const letters = ['T1', 'T2', 'T3', 'T4', 'T5', 'T6', 'T7', 'T8'];

function actions(): TypeDescription[] {
  return letters.map((_, index) => {
    const names = index === 0 ? ['T'] : letters.slice(0, index + 1);
    const parameters = names.map((name, at) => `${name} arg${at + 1}`).join(', ');
    return delegate(`System.Action\`${names.length}`, `void Invoke(${parameters})`, names);
  });
}

function functions(): TypeDescription[] {
  return [[], ...letters.map((_, index) => (index === 0 ? ['T'] : letters.slice(0, index + 1)))].map((names) => {
    const parameters = names.map((name, at) => `${name} arg${at + 1}`).join(', ');
    return delegate(`System.Func\`${names.length + 1}`, `TResult Invoke(${parameters})`, [...names, 'TResult']);
  });
}

export const delegates: readonly TypeDescription[] = [
  { name: 'System.Delegate', kind: 'class', isAbstract: true },
  {
    name: 'System.MulticastDelegate',
    kind: 'class',
    base: 'System.Delegate',
    isAbstract: true,
    methods: {
      DynamicInvoke: [
        {
          signature: 'System.Object DynamicInvoke(params System.Object[] args)',
          invoke: (value, [args], context) => context.invoke(self(value), args instanceof NetArray ? args.items : []),
        },
      ],
    },
  },
  delegate('System.Action', 'void Invoke()'),
  ...actions(),
  ...functions(),
  delegate('System.Predicate`1', 'bool Invoke(T obj)', ['T']),
  delegate('System.Comparison`1', 'int Invoke(T x, T y)', ['T']),
  delegate('System.Converter`2', 'TOutput Invoke(TInput input)', ['TInput', 'TOutput']),
  delegate('System.EventHandler', 'void Invoke(System.Object sender, System.EventArgs e)'),
  delegate('System.EventHandler`1', 'void Invoke(System.Object sender, TEventArgs e)', ['TEventArgs']),
];
