import { as, type GenericList, Instance, listOf, type NetType, type Value } from '@joinery/powershell/registration';
import { attributeTypes, numberOf } from '../enums.ts';
import { ecmaType } from './namespace.ts';
import { listOfParts, numberPart, partsOf, textPart } from './parts.ts';
import { ValueChange, valueChange } from './value-change.ts';

/** What is known of an attribute beyond its name; a change that a script made knows neither (ECMA sheet 2.3). */
export interface AttributeKind {
  readonly dataType: number;
  readonly isMultiValued?: boolean | undefined;
}

const undefinedType = numberOf(attributeTypes, 'Undefined');

const changeType = ecmaType('ValueChange');
const ownType = ecmaType('DetachedObjectModel.AttributeChangeDetached');

/** `AttributeChange`, in the only form there is: the detached one. */
export class AttributeChange extends Instance {
  readonly name: string;
  modification: number;
  readonly dataType: number;
  readonly #isMultiValued: boolean | undefined;
  readonly changes: GenericList;

  constructor(
    name: string,
    modification: number,
    changes: Value[],
    { dataType, isMultiValued }: AttributeKind = { dataType: undefinedType },
  ) {
    super();
    this.name = name;
    this.modification = modification;
    this.dataType = dataType;
    this.#isMultiValued = isMultiValued;
    this.changes = listOf(changeType, changes);
  }

  get type(): NetType {
    return ownType;
  }

  /** Where no schema says so, several values say it. */
  get isMultiValued(): boolean {
    return this.#isMultiValued ?? this.changes.size > 1;
  }
}

export const attributeChange = (value: Value): AttributeChange => as(value, AttributeChange);

/** The key of a change in its collections. */
export function changedName(item: Value): Value {
  return attributeChange(item).name;
}

/** Data: name, modification, type, multi-valued, then each value and its modification. */
export function changeData(self: AttributeChange): Value {
  const { name, modification, dataType, isMultiValued } = self;
  const parts: Value[] = [name, modification, dataType, isMultiValued];
  for (const one of self.changes.items.map(valueChange)) parts.push(one.value, one.modification);
  return listOfParts(...parts);
}

export function changeOfData(data: Value): AttributeChange {
  const [name, modification, dataType, isMultiValued, ...rest] = partsOf(data);
  const changes: Value[] = [];
  for (let at = 0; at + 1 < rest.length; at += 2) changes.push(new ValueChange(rest[at], numberPart(rest[at + 1])));
  const kind = { dataType: numberPart(dataType), isMultiValued: isMultiValued === true };
  return new AttributeChange(textPart(name) ?? '', numberPart(modification), changes, kind);
}
