import { as, type CallContext, Guid, newGuid, type Value } from '@joinery/powershell/registration';
import { AnchorAttribute, anchorAttribute } from './anchor-attribute.ts';
import { attributeChange, changeData, changeOfData } from './attribute-change.ts';
import { EntryChange } from './entry-change.ts';
import { listOfParts, numberPart, partsOf, textPart } from './parts.ts';

/*
 * An entry as it crosses: identifier, modification, object type, DN, RDN, anchors (name, type and value of each), changes,
 * code, name and detail of an error. Lists, not names: there may be a hundred thousand of them.
 */

export function entryData(self: EntryChange): Value {
  const anchors: Value[] = [];
  for (const { name, dataType, value } of self.anchors.items.map(anchorAttribute)) anchors.push(name, dataType, value);
  return listOfParts(
    self.identifier.text,
    self.modification,
    self.objectType,
    self.dn,
    self.rdn,
    listOfParts(...anchors),
    listOfParts(...self.attributeChanges.items.map(attributeChange).map(changeData)),
    self.errorCode,
    self.errorName,
    self.errorDetail,
  );
}

export function entryOfData(data: Value, context: CallContext): EntryChange {
  const [identifier, modification, objectType, dn, , anchors, changes, code, name, detail] = partsOf(data);
  const made = new EntryChange(guidOf(identifier, context), false);
  made.modification = numberPart(modification);
  made.objectType = textPart(objectType);
  made.dn = textPart(dn);
  made.errorCode = numberPart(code);
  made.errorName = textPart(name);
  made.errorDetail = textPart(detail);
  const parts = partsOf(anchors);
  for (let at = 0; at + 2 < parts.length; at += 3) {
    const anchor = new AnchorAttribute(textPart(parts[at]) ?? '', numberPart(parts[at + 1]), parts[at + 2]);
    made.anchors.insertItem(made.anchors.size, anchor, context);
  }
  for (const change of partsOf(changes)) {
    made.attributeChanges.insertItem(made.attributeChanges.size, changeOfData(change), context);
  }
  return made;
}

/** An identifier of the host, which is a GUID; a new one where there is none. */
export function guidOf(data: Value, context: CallContext): Guid {
  const text = textPart(data);
  return text === null ? newGuid(context) : as(context.convert(text, guidType), Guid);
}

const guidType = new Guid('0'.repeat(32)).type;
