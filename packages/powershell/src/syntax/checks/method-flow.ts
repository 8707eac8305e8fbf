import type {
  ExpressionAst,
  ForStatement,
  FunctionMember,
  NamedBlock,
  StatementAst,
  StatementBlockAst,
  SwitchStatement,
  TryStatement,
  VariableExpression,
} from '../tree/index.ts';
import { type Node, visitChildren } from '../walk.ts';
import { pureExpression } from './assignments.ts';

/** The variables that surely have a value here, by folded name; `undefined` where the script never comes. */
type State = ReadonlySet<string> | undefined;

/** What a method's code shows without running it. */
export interface MethodFlow {
  /** Whether its end can be reached without a `return`. */
  readonly completes: boolean;
  /** Variables that are read where not every way there has assigned them. */
  readonly unassigned: readonly VariableExpression[];
}

/** Follows the ways through a method as PowerShell does: conditions count as open, `while ($true)` included. */
export function analyseMethod(method: FunctionMember): MethodFlow {
  const flow = new Flow(method.parameters.map(({ name }) => name.toLowerCase()));
  const { dynamicParamBlock, beginBlock, processBlock, endBlock, cleanBlock } = method.body;
  for (const block of [dynamicParamBlock, beginBlock, processBlock, endBlock, cleanBlock]) {
    if (block !== undefined) flow.block(block);
  }
  return { completes: flow.state !== undefined, unassigned: flow.unassigned };
}

/** Always there: set by the engine for each call. */
const automatic = new Set([
  ...['_', 'args', 'this', 'input', 'pscmdlet', 'psboundparameters', 'myinvocation', 'psscriptroot', 'pscommandpath'],
  ...['?', 'true', 'false', 'null'],
  ...['lastexitcode', 'error', 'stacktrace', 'outputencoding', 'nestedpromptlevel', 'pwd', 'matches'],
]);

interface Loop {
  readonly label: string;
  afterBreak: State;
  afterContinue: State;
}

function merge(left: State, right: State): State {
  if (left === undefined) return right;
  if (right === undefined || left === right) return left;
  return new Set([...left].filter((name) => right.has(name)));
}

class Flow {
  state: State;
  readonly unassigned: VariableExpression[] = [];
  readonly #loops: Loop[] = [];

  constructor(parameters: readonly string[]) {
    this.state = new Set(parameters);
  }

  block(block: NamedBlock | StatementBlockAst): void {
    for (const statement of block.statements) this.#node(statement);
  }

  /** One expression or statement, in the order in which it runs. */
  #node(node: Node): void {
    switch (node.kind) {
      case 'variable':
        this.#read(node);
        return;
      case 'using':
      case 'scriptBlockExpression':
      case 'function':
      case 'trap':
      case 'typeDefinition':
      case 'errorExpression':
        return;
      case 'assignment':
        this.#node(node.right);
        for (const target of targetsOf(node.left)) this.#assign(target);
        return;
      case 'binary':
        this.#node(node.left);
        if (node.operator === '-and' || node.operator === '-or') this.#perhaps(() => this.#node(node.right));
        else this.#node(node.right);
        return;
      case 'ternary':
        this.#node(node.condition);
        this.#either(
          () => this.#node(node.ifTrue),
          () => this.#node(node.ifFalse),
        );
        return;
      case 'pipeline':
        visitChildren(node, (child) => this.#node(child));
        if (node.elements.some(({ kind }) => kind === 'command')) this.#maybeJump();
        return;
      case 'if':
        this.#if(node.clauses, node.otherwise);
        return;
      case 'switch':
        this.#switch(node);
        return;
      case 'for':
        this.#for(node);
        return;
      case 'while':
        this.#loop(node.label, { test: () => this.#node(node.condition), body: () => this.block(node.body) });
        return;
      case 'forEach':
        this.#forEach(node.label, node.variable, node.collection, node.body);
        return;
      case 'doWhile':
      case 'doUntil':
        this.#do(node.label, node.body, node.condition);
        return;
      case 'try':
        this.#try(node);
        return;
      case 'break':
      case 'continue':
        this.#jump(node.kind, node.label);
        return;
      case 'return':
      case 'throw':
      case 'exit':
        if (node.value !== undefined) this.#node(node.value);
        this.state = undefined;
        return;
      case 'data':
        this.block(node.body);
        if (node.variable !== undefined) this.#add(node.variable);
        return;
      default:
        visitChildren(node, (child) => this.#node(child));
    }
  }

  #read(node: VariableExpression): void {
    const { scope } = node;
    const name = node.name.toLowerCase();
    if (this.state === undefined || (scope !== undefined && scope !== 'local' && scope !== 'private')) return;
    if (!this.state.has(name) && !automatic.has(name)) this.unassigned.push(node);
  }

  #add(name: string): void {
    if (this.state !== undefined) this.state = new Set(this.state).add(name.toLowerCase());
  }

  /** A variable with at most one type is assigned; of other targets the parts are read. */
  #assign(target: ExpressionAst): void {
    const inner = target.kind === 'convert' ? target.operand : target;
    if (inner.kind === 'variable') this.#add(inner.name);
    else if (inner.kind !== 'convert' && inner.kind !== 'attributed') this.#node(inner);
  }

  #perhaps(work: () => void): void {
    const before = this.state;
    work();
    this.state = merge(before, this.state);
  }

  #either(first: () => void, second: () => void): void {
    const before = this.state;
    first();
    const after = this.state;
    this.state = before;
    second();
    this.state = merge(after, this.state);
  }

  /** A command may break out of the loops around it. */
  #maybeJump(): void {
    for (const loop of this.#loops) {
      loop.afterBreak = merge(loop.afterBreak, this.state);
      loop.afterContinue = merge(loop.afterContinue, this.state);
    }
  }

  #if(clauses: readonly { condition: StatementAst; body: StatementBlockAst }[], otherwise?: StatementBlockAst): void {
    let after: State;
    for (const { condition, body } of clauses) {
      this.#node(condition);
      const tested = this.state;
      this.block(body);
      after = merge(after, this.state);
      this.state = tested;
    }
    if (otherwise !== undefined) this.block(otherwise);
    this.state = merge(after, this.state);
  }

  #loop(label: string | undefined, parts: { test?: () => void; body: () => void; step?: () => void }): void {
    const loop: Loop = { label: label ?? '', afterBreak: undefined, afterContinue: undefined };
    if (parts.test !== undefined) {
      parts.test();
      loop.afterBreak = this.state;
    }
    this.#loops.push(loop);
    parts.body();
    this.#loops.pop();
    this.state = merge(this.state, loop.afterContinue);
    parts.step?.();
    this.state = loop.afterBreak;
  }

  #for(node: ForStatement): void {
    const { initializer, condition, iterator } = node;
    if (initializer !== undefined) this.#node(initializer);
    this.#loop(node.label, {
      body: () => this.block(node.body),
      ...(condition === undefined ? {} : { test: () => this.#node(condition) }),
      ...(iterator === undefined ? {} : { step: () => this.#node(iterator) }),
    });
  }

  #forEach(
    label: string | undefined,
    variable: ExpressionAst,
    collection: StatementAst,
    body: StatementBlockAst,
  ): void {
    let before: State;
    this.#loop(label, {
      test: () => {
        this.#node(collection);
        before = this.state;
        this.#add('foreach');
        if (variable.kind === 'variable') this.#add(variable.name);
      },
      body: () => this.block(body),
    });
    // PowerShell takes the loop's variable as assigned even where the loop never turned.
    if (before !== undefined && this.state !== undefined && variable.kind === 'variable') this.#add(variable.name);
  }

  #do(label: string | undefined, body: StatementBlockAst, condition: StatementAst): void {
    const loop: Loop = { label: label ?? '', afterBreak: undefined, afterContinue: undefined };
    this.#loops.push(loop);
    this.block(body);
    this.#loops.pop();
    this.state = merge(this.state, loop.afterContinue);
    this.#node(condition);
    this.state = merge(this.state, loop.afterBreak);
  }

  /** A loop over the tests; the default is jumped over where a clause ran. */
  #switch(node: SwitchStatement): void {
    this.#loop(node.label, {
      test: () => {
        this.#node(node.condition);
        this.#add('switch');
      },
      body: () => {
        for (const { test, body } of node.clauses) {
          this.#node(test);
          this.#perhaps(() => this.block(body));
        }
        const { otherwise } = node;
        if (otherwise !== undefined) this.#perhaps(() => this.block(otherwise));
      },
    });
  }

  /** The first statement of the body may fail already: a `catch` knows only what was before. */
  #try(node: TryStatement): void {
    const before = this.state;
    this.block(node.body);
    let after = this.state;
    for (const { body } of node.catches) {
      this.state = before;
      this.block(body);
      after = merge(after, this.state);
    }
    this.state = after;
    if (node.finally === undefined) return;
    const caughtAll = node.catches.some(({ types }) => types.length === 0);
    this.state = caughtAll ? after : merge(before, after);
    this.block(node.finally);
    if (after === undefined) this.state = undefined;
  }

  #jump(kind: 'break' | 'continue', label: ExpressionAst | undefined): void {
    if (label !== undefined) this.#node(label);
    const name = label?.kind === 'string' ? label.value.toLowerCase() : undefined;
    const loop =
      label === undefined ? this.#loops.at(-1) : this.#loops.findLast((each) => each.label.toLowerCase() === name);
    if (loop !== undefined && kind === 'break') loop.afterBreak = merge(loop.afterBreak, this.state);
    if (loop !== undefined && kind === 'continue') loop.afterContinue = merge(loop.afterContinue, this.state);
    this.state = undefined;
  }
}

/** The single targets of an assignment: lists and parentheses taken apart. */
export function targetsOf(left: ExpressionAst): readonly ExpressionAst[] {
  if (left.kind === 'arrayLiteral') return left.elements.flatMap(targetsOf);
  if (left.kind !== 'paren') return [left];
  const inside = pureExpression(left.pipeline);
  return inside === undefined ? [] : targetsOf(inside);
}
