import { List } from '../../values/list.ts';
import type { Value } from '../../values/value.ts';
import { closeType } from '../closed-type.ts';
import { namedType } from '../intrinsic.ts';
import type { NetType } from '../net-type.ts';

/** ``System.Collections.Generic.List`1``. */
export class GenericList extends List {
  readonly type: NetType;
  readonly #element: NetType;

  /** @param type the closed type, or a class of a script that derives from it */
  constructor(type: NetType, element: NetType, items?: Value[]) {
    super(items);
    this.type = type;
    this.#element = element;
  }

  override get elementType(): NetType {
    return this.#element;
  }
}

const definition = namedType('System.Collections.Generic.List`1');

/** A `List[T]` of items that are of its type already. */
export function listOf(element: NetType, items: Value[]): GenericList {
  return new GenericList(closeType(definition, [element]), element, items);
}
