import { open } from 'node:fs/promises';
import {
  type AttributeOperation,
  type AttributeType,
  anchorAttributes,
  nameKey,
  type SchemaAttribute,
  type SchemaType,
} from '@joinery/connector';
import { type Problem, problem } from '@joinery/problems';
import { suggestion } from '@joinery/runtime';
import { encodingOf, markedEncoding, soundUtf8 } from './encoding.ts';
import { readFault } from './file.ts';
import { parseXml, type XmlElement } from './xml.ts';

/*
 * The schema file of Microsoft's tutorial (host sheet 2.5): Schema/Types/SchemaType with Name, LockAnchorDefinition and Attributes/SchemaAttribute
 * with Name, DataType, IsAnchor, IsMultiValued, AllowedAttributeOperation. A value may stand in an element or in an attribute of that name: the
 * sample's script reads both alike. Elements that are not named here are ignored.
 */

/** A schema file is written by hand; one that is longer is something else. */
const longestFile = 1024 * 1024;

const types: readonly AttributeType[] = ['String', 'Integer', 'Reference', 'Binary', 'Boolean'];
const operations: readonly AttributeOperation[] = ['ImportExport', 'ExportOnly', 'ImportOnly'];

/**
 * Reads the object types of a schema file, in its order.
 * @throws CSV_SCHEMA_INVALID with the line, CSV_FILE_MISSING, CSV_FILE_UNREADABLE
 */
export async function readSchemaFile(path: string, signal: AbortSignal): Promise<readonly SchemaType[]> {
  const text = await readText(path);
  signal.throwIfAborted();
  const reading = parseXml(text);
  if (!reading.ok) throw invalid(path, reading.line, reading.detail);
  const { root } = reading;
  if (root.name !== 'Schema') throw invalid(path, root.line, `The document is a "${root.name}", not a "Schema".`);
  const list = root.children.filter(({ name }) => name === 'Types').flatMap(({ children }) => children);
  const found = list.filter(({ name }) => name === 'SchemaType').map((element) => typeOf(element, path));
  if (found.length === 0) throw invalid(path, root.line, 'There is no Types/SchemaType.');
  const twice = found.find(
    (type, index) => found.findIndex((other) => nameKey(other.name) === nameKey(type.name)) < index,
  );
  if (twice !== undefined) throw invalid(path, root.line, `The object type "${twice.name}" occurs twice.`);
  return found;
}

async function readText(path: string): Promise<string> {
  let bytes: Buffer;
  try {
    await using handle = await open(path, 'r');
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(longestFile + 1), 0, longestFile + 1, 0);
    bytes = buffer.subarray(0, bytesRead);
  } catch (error) {
    throw readFault(path, error);
  }
  if (bytes.length > longestFile) throw invalid(path, 1, `The file is longer than ${longestFile} bytes.`);
  const marked = markedEncoding(bytes);
  const encoding = marked ?? encodingOf('utf-8');
  const content = bytes.subarray(marked?.byteOrderMark.length ?? 0);
  const { utf8, used } = encoding.toUtf8(content);
  const sound = soundUtf8(utf8);
  if (used === content.length && sound === utf8.length) return utf8.toString('utf8');
  const line = utf8.toString('utf8', 0, sound).split('\n').length;
  throw invalid(path, line, `There are bytes that are not ${encoding.name}.`);
}

function typeOf(element: XmlElement, path: string): SchemaType {
  const attributes = element.children
    .filter(({ name }) => name === 'Attributes')
    .flatMap(({ children }) => children)
    .filter(({ name }) => name === 'SchemaAttribute')
    .map((child) => attributeOf(child, path));
  const type = {
    name: required(element, 'Name', path),
    lockAnchorDefinition: flag(element, 'LockAnchorDefinition', path),
    possibleDnComponents: [],
    attributes,
  };
  for (const [index, { name }] of attributes.entries()) {
    if (attributes.findIndex((other) => nameKey(other.name) === nameKey(name)) < index) {
      throw invalid(path, element.line, `The attribute "${name}" of "${type.name}" occurs twice.`);
    }
  }
  const wide = anchorAttributes(type).find(({ isMultiValued }) => isMultiValued);
  if (wide !== undefined)
    throw invalid(path, element.line, `"${wide.name}" holds several values and cannot be an anchor.`);
  return type;
}

function attributeOf(element: XmlElement, path: string): SchemaAttribute {
  return {
    name: required(element, 'Name', path),
    type: oneOf(element, 'DataType', types, path) ?? 'String',
    isAnchor: flag(element, 'IsAnchor', path),
    isMultiValued: flag(element, 'IsMultiValued', path),
    allowedOperation: oneOf(element, 'AllowedAttributeOperation', operations, path) ?? 'ImportExport',
  };
}

function value(element: XmlElement, name: string): string {
  return element.children.find((child) => child.name === name)?.text ?? element.attributes.get(name)?.trim() ?? '';
}

function required(element: XmlElement, name: string, path: string): string {
  const text = value(element, name);
  if (text === '') throw invalid(path, element.line, `A ${element.name} needs a ${name}.`);
  return text;
}

function flag(element: XmlElement, name: string, path: string): boolean {
  const word = oneOf(element, name, ['0', '1', 'false', 'true'], path) ?? '0';
  return word === '1' || word === 'true';
}

function oneOf<Word extends string>(
  element: XmlElement,
  name: string,
  words: readonly Word[],
  path: string,
): Word | undefined {
  const text = value(element, name);
  const word = words.find((known) => known.toLowerCase() === text.toLowerCase());
  if (word !== undefined || text === '') return word;
  const hint = suggestion(text, words);
  throw invalid(path, element.line, `${name}: "${text}" is not one of ${words.join(', ')}.${hint}`);
}

function invalid(path: string, line: number, detail: string): Problem {
  return problem('CSV_SCHEMA_INVALID', detail, { place: `${path}:${line}` });
}
