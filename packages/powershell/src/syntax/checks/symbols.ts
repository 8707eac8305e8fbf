import type {
  AssignmentStatement,
  AttributeAst,
  PropertyMember,
  ScriptBlockAst,
  TypeDefinition,
  TypeName,
} from '../tree/index.ts';
import { type Node, visitChildren } from '../walk.ts';
import type { CheckContext } from './context.ts';
import { targetsOf } from './method-flow.ts';

/**
 * Finds types and properties by name, before all other checks: a type may be defined once in a script block, the types
 * that code of classes names must exist, and a property is assigned with what it belongs to.
 */
export function resolveSymbols(script: ScriptBlockAst, context: CheckContext): void {
  // Without a class there is nothing to be found missing.
  if (definedTypes(script).length > 0 || context.types !== undefined) new Symbols(context).script(script);
}

/** The types that a block defines, blocks of its own inside left out. */
function definedTypes(block: Node): TypeDefinition[] {
  const found: TypeDefinition[] = [];
  const search = (node: Node): void => {
    if (node.kind === 'typeDefinition') found.push(node);
    if (node.kind !== 'scriptBlockExpression' && node.kind !== 'function' && node.kind !== 'method') {
      visitChildren(node, search);
    }
  };
  visitChildren(block, search);
  return found;
}

const engineAttributes = new Set(
  (
    'parameter alias cmdletbinding outputtype allownull allowemptystring allowemptycollection validateset validaterange ' +
    'validatelength validatepattern validatecount validatescript validatenotnull validatenotnullorempty ' +
    'validatenotnullorwhitespace validatedrive validateuserdrive validatetrusteddata argumentcompleter ' +
    'argumentcompletions argumenttransformation credential supportswildcards pstypename psdefaultvalue hidden ' +
    'experimental dynamicparam dscresource dscproperty flags obsolete'
  ).split(' '),
);

/** Attributes that the engine acts on by name, whether or not they are described as types. */
function isEngineAttribute(name: string): boolean {
  const folded = name.toLowerCase().replace(/^(?:system\.)?(?:management\.automation\.)?/, '');
  return engineAttributes.has(folded.replace(/attribute$/, ''));
}

class Symbols {
  readonly #context: CheckContext;
  /** Names of the types that the blocks around define, folded. */
  #types: readonly ReadonlySet<string>[] = [];
  #class: TypeDefinition | undefined;
  #inMethod = false;

  constructor(context: CheckContext) {
    this.#context = context;
  }

  script(script: ScriptBlockAst): void {
    this.#inBlock(script, () => this.#children(script));
  }

  #inBlock(block: Node, work: () => void): void {
    const types = this.#types;
    const names = new Set<string>();
    for (const definition of definedTypes(block)) {
      const name = definition.name.toLowerCase();
      if (names.has(name)) this.#context.report('MemberAlreadyDefined', definition, definition.name);
      names.add(name);
    }
    this.#types = [...types, names];
    work();
    this.#types = types;
  }

  #children(node: Node): void {
    visitChildren(node, (child) => this.#visit(child));
  }

  #visit(node: Node): void {
    switch (node.kind) {
      case 'typeDefinition':
        this.#typeDefinition(node);
        return;
      case 'method':
        this.#method(node);
        return;
      case 'scriptBlockExpression':
        this.#apart(() => this.#inBlock(node.body, () => this.#children(node)));
        return;
      case 'function':
        this.#apart(() => this.#inBlock(node.body, () => this.#children(node)));
        return;
      case 'assignment':
        if (this.#inMethod) this.#assignment(node);
        break;
      case 'attribute':
        this.#attribute(node);
        break;
      case 'type':
      case 'convert':
      case 'typeConstraint':
        this.#typeName(node.typeName);
        break;
      case 'invokeMember':
        node.typeArguments.forEach((type) => {
          this.#typeName(type);
        });
        break;
      case 'catch':
        node.types.forEach((type) => {
          this.#typeName(type);
        });
        break;
      case 'trap':
        if (node.type !== undefined) this.#typeName(node.type);
    }
    this.#children(node);
  }

  #typeDefinition(node: TypeDefinition): void {
    const outer = this.#class;
    this.#class = node;
    this.#children(node);
    this.#class = outer;
  }

  #method(node: Node): void {
    const { inMethod } = { inMethod: this.#inMethod };
    this.#inMethod = true;
    this.#children(node);
    this.#inMethod = inMethod;
  }

  /** A function or script block in a method is no part of it. */
  #apart(work: () => void): void {
    const inMethod = this.#inMethod;
    this.#inMethod = false;
    work();
    this.#inMethod = inMethod;
  }

  #assignment(node: AssignmentStatement): void {
    for (const target of targetsOf(node.left)) {
      let inner = target;
      while (inner.kind === 'convert') inner = inner.operand;
      if (inner.kind !== 'variable') continue;
      const property = this.#property(inner.path);
      if (property === undefined || this.#class === undefined) continue;
      if (property.isStatic) {
        const owner = `[${this.#class.name}]::`;
        this.#context.report('MissingTypeInStaticPropertyAssignment', inner, owner, property.name);
      } else {
        this.#context.report('MissingThis', inner, '$this.', property.name);
      }
    }
  }

  #property(name: string): PropertyMember | undefined {
    const folded = name.toLowerCase();
    for (const member of this.#class?.members ?? []) {
      if (member.kind === 'property' && member.name.toLowerCase() === folded) return member;
    }
    return undefined;
  }

  #attribute({ typeName }: AttributeAst): void {
    if (this.#class === undefined || typeName.kind !== 'simpleType' || isEngineAttribute(typeName.name)) return;
    const suffixed: TypeName = { ...typeName, name: `${typeName.name}Attribute` };
    if (this.#isKnown(typeName) || this.#isKnown(suffixed)) return;
    this.#context.report('CustomAttributeTypeNotFound', typeName, typeName.name);
  }

  /** In a class a type must be known; elsewhere it may come to be before the code runs. */
  #typeName(type: TypeName): void {
    if (this.#class === undefined || this.#context.types === undefined) return;
    switch (type.kind) {
      case 'arrayType':
        this.#typeName(type.element);
        return;
      case 'genericType':
        if (!this.#isKnown(type)) this.#genericDefinition(type.definition, type.typeArguments.length);
        for (const argument of type.typeArguments) this.#typeName(argument);
        return;
      case 'simpleType':
        if (type.name.toLowerCase() !== 'ordered' && !this.#isKnown(type)) {
          this.#context.report('TypeNotFound', type, type.name);
        }
    }
  }

  #genericDefinition(definition: TypeName & { kind: 'simpleType' }, count: number): void {
    const open = { ...definition, name: `${definition.name}\`${count}` };
    if (!this.#isKnown(open) && !this.#isKnown(definition)) {
      this.#context.report('TypeNotFound', definition, definition.name);
    }
  }

  #isKnown(type: TypeName): boolean {
    const { types, usings } = this.#context;
    if (types === undefined) return true;
    if (type.kind === 'simpleType' && this.#types.some((names) => names.has(type.name.toLowerCase()))) return true;
    return types.tryResolve(type, usings) !== undefined;
  }
}
