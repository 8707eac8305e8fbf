import type { CallNode, Expression } from '../syntax/tree.ts';
import { type FunctionDefinition, type Parameter, parametersFor } from './definition.ts';

/** The arguments of one call, laid beside the parameters of its function. */
export class Arguments {
  readonly node: CallNode;
  readonly parameters: readonly Parameter[];

  constructor(node: CallNode, definition: FunctionDefinition) {
    this.node = node;
    this.parameters = parametersFor(definition, node.arguments.length);
  }

  /** The argument given for a parameter that does not repeat. */
  single(name: string): Expression | undefined {
    return this.node.arguments[this.#index(name)];
  }

  /** What was given for the repeating parameter, empty places included, those at the end of the call not. */
  repeated(name: string): readonly (Expression | undefined)[] {
    const given = this.node.arguments.slice(this.#index(name));
    const last = given.findLastIndex((argument) => argument !== undefined);
    return given.slice(0, last + 1);
  }

  has(name: string): boolean {
    return this.single(name) !== undefined;
  }

  /** The argument as text where it is a constant. */
  constant(name: string): string | undefined {
    return constantText(this.single(name));
  }

  /** The parameter an argument belongs to; undefined for one too many. */
  parameterAt(index: number): Parameter | undefined {
    const parameter = this.parameters[index];
    if (parameter !== undefined) return parameter;
    const last = this.parameters.at(-1);
    return last?.repeating === undefined ? undefined : last;
  }

  #index(name: string): number {
    const index = this.parameters.findIndex((parameter) => parameter.name === name);
    // A definition asked for a parameter it does not declare: a fault of the definition, found by its first test.
    if (index === -1) throw new TypeError(`${this.node.name} declares no parameter ${name}`);
    return index;
  }
}

/** The text of a constant expression; undefined for anything that depends on the source. */
export function constantText(expression: Expression | undefined): string | undefined {
  if (expression?.kind === 'text') return expression.value;
  if (expression?.kind === 'number') return expression.text;
  if (expression?.kind === 'keyword') return expression.name;
  return undefined;
}
