import type { AttributeAst, ExpressionAst } from './expressions.ts';
import type { Extent } from './node.ts';
import type { ScriptBlockAst } from './statements.ts';
import type { TypeName } from './type-name.ts';

/** A parameter of a script block, function or method. Its type is the last `TypeName` among `attributes`. */
export interface ParameterAst extends Extent {
  readonly kind: 'parameterDefinition';
  readonly name: string;
  /** Attributes and type constraints in the order written. */
  readonly attributes: readonly (AttributeAst | TypeConstraint)[];
  readonly defaultValue: ExpressionAst | undefined;
  /** Where `$name` stands. */
  readonly nameExtent: Extent;
}

export interface TypeConstraint extends Extent {
  readonly kind: 'typeConstraint';
  readonly typeName: TypeName;
}

export interface FunctionDefinition extends Extent {
  readonly kind: 'function';
  readonly isFilter: boolean;
  readonly isWorkflow: boolean;
  /** As written, a scope qualifier included (`script:Name`). */
  readonly name: string;
  /** `function f($a) { }`: the parameters before the braces; `undefined` where there are no parentheses. */
  readonly parameters: readonly ParameterAst[] | undefined;
  readonly body: ScriptBlockAst;
}

export interface TypeDefinition extends Extent {
  readonly kind: 'typeDefinition';
  readonly what: 'class' | 'enum' | 'interface';
  readonly name: string;
  readonly nameExtent: Extent;
  readonly attributes: readonly AttributeAst[];
  /** Base class first where there is one, then interfaces; the underlying type of an enum. */
  readonly baseTypes: readonly TypeConstraint[];
  readonly members: readonly (PropertyMember | FunctionMember)[];
}

/** A property of a class, or a label of an enum. */
export interface PropertyMember extends Extent {
  readonly kind: 'property';
  readonly name: string;
  readonly attributes: readonly AttributeAst[];
  readonly type: TypeConstraint | undefined;
  readonly initialValue: ExpressionAst | undefined;
  readonly isStatic: boolean;
  readonly isHidden: boolean;
}

/** A method or, where the name is that of the class, a constructor. */
export interface FunctionMember extends Extent {
  readonly kind: 'method';
  readonly name: string;
  readonly nameExtent: Extent;
  readonly attributes: readonly AttributeAst[];
  readonly returnType: TypeConstraint | undefined;
  readonly parameters: readonly ParameterAst[];
  readonly body: ScriptBlockAst;
  /** Arguments of `: base(…)`. */
  readonly baseArguments: readonly ExpressionAst[] | undefined;
  readonly isStatic: boolean;
  readonly isHidden: boolean;
  readonly isConstructor: boolean;
}
