import type { Session } from '../runtime/session.ts';
import type { Source } from '../syntax/source.ts';
import type { ParameterAst, TypeConstraint, TypeName } from '../syntax/tree/index.ts';
import { netTypes } from '../types/intrinsic.ts';
import type { NetType, ParameterInfo } from '../types/net-type.ts';
import type { DefinitionErrors } from './definition-errors.ts';
import { resolveInScript } from './type-scope.ts';

/** Types that the definitions of a script name. */
export class TypeLookup {
  readonly #session: Session;
  readonly #source: Source;
  readonly #usings: readonly string[];
  readonly #errors: DefinitionErrors;

  constructor(session: Session, source: Source, usings: readonly string[], errors: DefinitionErrors) {
    this.#session = session;
    this.#source = source;
    this.#usings = usings;
    this.#errors = errors;
  }

  /** The type of a name; one that is unknown is reported, and is an object from then on. */
  resolve(name: TypeName): NetType {
    const type = resolveInScript(name, this.#source, this.#session, this.#usings);
    if (type !== undefined) return type;
    this.#errors.report('TypeNotFound', name, name.kind === 'simpleType' ? name.name : '');
    return netTypes.object;
  }

  /** The declared type of a member, `object` without one. */
  declared(constraint: TypeConstraint | undefined): NetType {
    return constraint === undefined ? netTypes.object : this.resolve(constraint.typeName);
  }

  parameters(list: readonly ParameterAst[]): ParameterInfo[] {
    return list.map(({ name, attributes }) => ({
      name,
      type: this.declared(attributes.findLast((one) => one.kind === 'typeConstraint')),
      isReference: false,
      isParamArray: false,
      isOptional: false,
      defaultValue: null,
    }));
  }
}
