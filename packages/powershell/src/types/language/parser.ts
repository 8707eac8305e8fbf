import { isAbsolute, resolve } from 'node:path';
import { positionText } from '../../errors/position-text.ts';
import { parseTypes } from '../../runtime/parse-types.ts';
import { sessionOf } from '../../runtime/session-of.ts';
import { parse } from '../../syntax/parse.ts';
import { placeOf, type Source } from '../../syntax/source.ts';
import { NetArray } from '../../values/array.ts';
import { ParseErrorObject, ScriptExtent, VariablePathObject } from '../../values/ast-object.ts';
import { as, text } from '../../values/narrow.ts';
import type { Value } from '../../values/value.ts';
import { setReference } from '../collections/out-argument.ts';
import { namedType } from '../intrinsic.ts';
import type { CallContext, Property, TypeDescription } from '../net-type.ts';
import { astObject } from './ast-nodes.ts';

const space = 'System.Management.Automation.Language';
const references = `[ref] ${space}.Token[] tokens, [ref] ${space}.ParseError[] errors`;

/** Parses, sets the two references, answers the tree. Tokens are not given: their array is empty. */
function parseInto(source: Source, tokens: Value, errors: Value, context: CallContext): Value {
  const result = parse(source, parseTypes(sessionOf(context).types));
  setReference(tokens, new NetArray(namedType(`${space}.Token`), []));
  const list = result.errors.map((error) => new ParseErrorObject(error, source));
  setReference(errors, new NetArray(namedType(`${space}.ParseError`), list));
  return astObject(result.ast, source);
}

const parser: TypeDescription = {
  name: `${space}.Parser`,
  kind: 'class',
  staticMethods: {
    ParseInput: [
      {
        signature: `static ${space}.ScriptBlockAst ParseInput(string input, ${references})`,
        invoke: (_self, [input, tokens, errors], context) =>
          parseInto({ text: text(input), file: undefined }, tokens, errors, context),
      },
    ],
    ParseFile: [
      {
        signature: `static ${space}.ScriptBlockAst ParseFile(string fileName, ${references})`,
        invoke: (_self, [fileName, tokens, errors], context) => {
          const session = sessionOf(context);
          const given = text(fileName);
          const file = isAbsolute(given) ? given : resolve(session.location, given);
          const source = { text: session.world.files.readText(file).replace(/^\uFEFF/, ''), file };
          return parseInto(source, tokens, errors, context);
        },
      },
    ],
  },
};

const extent = (value: Value): ScriptExtent => as(value, ScriptExtent);
const place = (which: 'start' | 'end', part: 'line' | 'column'): Property => ({
  type: 'int',
  get: (value) => {
    const at = extent(value);
    return placeOf(at.source, at[which])[part];
  },
});
const slice = (value: Value): string => extent(value).source.text.slice(extent(value).start, extent(value).end);

const scriptExtent: TypeDescription = {
  name: `${space}.InternalScriptExtent`,
  kind: 'class',
  interfaces: [`${space}.IScriptExtent`],
  properties: {
    Text: { type: 'string', get: slice },
    File: { type: 'string', get: (value) => extent(value).source.file ?? null },
    StartOffset: { type: 'int', get: (value) => extent(value).start },
    EndOffset: { type: 'int', get: (value) => extent(value).end },
    StartLineNumber: place('start', 'line'),
    StartColumnNumber: place('start', 'column'),
    EndLineNumber: place('end', 'line'),
    EndColumnNumber: place('end', 'column'),
  },
  toText: slice,
};

const error = (value: Value): ParseErrorObject => as(value, ParseErrorObject);

const parseError: TypeDescription = {
  name: `${space}.ParseError`,
  kind: 'class',
  properties: {
    ErrorId: { type: 'string', get: (value) => error(value).error.id },
    Message: { type: 'string', get: (value) => error(value).error.message },
    Extent: {
      type: `${space}.IScriptExtent`,
      get: (value) => new ScriptExtent(error(value).source, error(value).error),
    },
    IncompleteInput: { type: 'bool', get: (value) => error(value).error.end >= error(value).source.text.length },
  },
  toText: (value) => {
    const { source, error: found } = error(value);
    return `${positionText(source, found.start, found.end)}\n${found.message}`;
  },
};

const path = (value: Value): VariablePathObject => as(value, VariablePathObject);

const variablePath: TypeDescription = {
  name: 'System.Management.Automation.VariablePath',
  kind: 'class',
  properties: {
    UserPath: { type: 'string', get: (value) => path(value).path },
    IsGlobal: { type: 'bool', get: (value) => path(value).scope === 'global' },
    IsScript: { type: 'bool', get: (value) => path(value).scope === 'script' },
    IsLocal: { type: 'bool', get: (value) => path(value).scope === 'local' },
    IsPrivate: { type: 'bool', get: (value) => path(value).scope === 'private' },
    IsUnscopedVariable: { type: 'bool', get: (value) => path(value).scope === undefined },
  },
  toText: (value) => path(value).path,
};

export const parserTypes: readonly TypeDescription[] = [
  parser,
  scriptExtent,
  parseError,
  variablePath,
  { name: `${space}.IScriptExtent`, kind: 'interface' },
  { name: `${space}.Token`, kind: 'class' },
];
