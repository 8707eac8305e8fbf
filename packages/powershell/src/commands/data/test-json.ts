import { NetFailure } from '../../errors/raise.ts';
import { cmdletError } from '../cmdlet-error.ts';
import type { CmdletCall, CmdletDescription } from '../description.ts';
import { onlyFile } from '../items/only-file.ts';
import { resolveNative } from '../items/paths.ts';
import { textsOf } from '../items-of.ts';

/** Lists and objects in each other beyond which the reader of .NET gives up. */
const deepest = 64;

const options = ['IgnoreComments', 'AllowTrailingCommas'];
const noSchemas = 'JSON schemas are not embedded: test the properties that matter after ConvertFrom-Json';

/** `Test-Json` without schemas: whether a text is JSON, strictly, unlike what `ConvertFrom-Json` lets through. */
export const testJson: CmdletDescription = {
  name: 'Test-Json',
  typeName: 'Microsoft.PowerShell.Commands.TestJsonCommand',
  module: 'Microsoft.PowerShell.Utility',
  defaultSet: 'JsonString',
  parameters: [
    { name: 'Json', type: 'string', sets: ['JsonString'], mandatory: true, position: 0, fromPipeline: true },
    {
      name: 'Path',
      type: 'string',
      sets: ['JsonPath'],
      mandatory: true,
      position: 0,
      fromPipelineByPropertyName: true,
    },
    {
      name: 'LiteralPath',
      type: 'string',
      aliases: ['PSPath', 'LP'],
      sets: ['JsonLiteralPath'],
      mandatory: true,
      position: 0,
      fromPipelineByPropertyName: true,
    },
    { name: 'Options', type: 'string[]', validate: { notNullOrEmpty: true, set: options } },
  ],
  leftOut: { Schema: noSchemas, SchemaFile: noSchemas },
  start: (call) => {
    const given = textsOf(call.get('Options')).map((option) => option.toLowerCase());
    const withComments = given.includes('ignorecomments');
    const withCommas = given.includes('allowtrailingcommas');
    return {
      process() {
        const isJson = isStrict(textOf(call), withComments, withCommas);
        if (!isJson) {
          const type = 'System.Exception';
          call.writeError(cmdletError('InvalidJson', 'Cannot parse the JSON.', { type, category: 'InvalidData' }));
        }
        call.write(isJson);
      },
    };
  },
};

function textOf(call: CmdletCall): string {
  const { session } = call;
  if (call.has('Json')) return textsOf(call.get('Json'))[0] ?? '';
  const isLiteral = call.has('LiteralPath');
  const [path = ''] = textsOf(call.get(isLiteral ? 'LiteralPath' : 'Path'));
  const native = isLiteral ? resolveNative(session, path) : onlyFile(call, path);
  try {
    return session.world.files.readText(native);
  } catch (error) {
    if (!(error instanceof NetFailure)) throw error;
    const message = `Cannot find path '${path}' because it does not exist.`;
    const type = 'System.Management.Automation.CmdletInvocationException';
    return call.fail(cmdletError('PathNotFound', message, { type, category: 'ObjectNotFound', target: path }));
  }
}

/** Strings, comments, brackets and commas before a closing bracket; whatever else stands between them is left alone. */
const pieces = /"(?:[^"\\]|\\.)*"?|\/\/[^\r\n]*|\/\*[\s\S]*?(?:\*\/|$)|[[\]{}]/g;
const trailingComma = /"(?:[^"\\]|\\.)*"?|,(?=\s*[\]}])/g;

function isStrict(text: string, withComments: boolean, withCommas: boolean): boolean {
  let depth = 0;
  let isTooDeep = false;
  const isComment = (piece: string): boolean => piece.startsWith('//') || /^\/\*[\s\S]*\*\/$/.test(piece);
  let strict = text.replace(pieces, (piece) => {
    if (piece === '[' || piece === '{') isTooDeep ||= ++depth > deepest;
    else if (piece === ']' || piece === '}') depth--;
    return withComments && isComment(piece) ? ' ' : piece;
  });
  if (withCommas) strict = strict.replace(trailingComma, (piece) => (piece === ',' ? ' ' : piece));
  if (isTooDeep) return false;
  try {
    JSON.parse(strict);
    return true;
  } catch (error) {
    if (error instanceof SyntaxError) return false;
    throw error;
  }
}
