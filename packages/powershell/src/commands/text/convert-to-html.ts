import { baseOf } from '../../conversion/base.ts';
import { toNetText } from '../../conversion/text.ts';
import { htmlEncode } from '../../types/net/web-text.ts';
import { Dictionary } from '../../values/dictionary.ts';
import type { Value } from '../../values/value.ts';
import { cmdletError } from '../cmdlet-error.ts';
import type { CmdletCall, CmdletDescription } from '../description.ts';
import { itemsOf, textsOf } from '../items-of.ts';
import { isProperty, matchMembers } from '../objects/member-match.ts';
import {
  expressionKey,
  type PropertyExpression,
  propertyExpressions,
  valuesOf,
} from '../objects/property-expression.ts';

const notEmpty = { notNullOrEmpty: true } as const;
const text = ['System.String'];

const keys = [
  expressionKey,
  { name: 'label', aliases: ['name'], types: text },
  { name: 'alignment', types: text },
  { name: 'width', types: ['System.String', 'System.Int32'] },
];

export const convertToHtml: CmdletDescription = {
  name: 'ConvertTo-Html',
  typeName: 'Microsoft.PowerShell.Commands.ConvertToHtmlCommand',
  module: 'Microsoft.PowerShell.Utility',
  defaultSet: 'Page',
  parameters: [
    { name: 'InputObject', type: 'object', fromPipeline: true, allowNull: true },
    { name: 'Property', type: 'object[]', position: 0 },
    { name: 'Body', type: 'string[]', sets: [{ set: 'Page', position: 3 }] },
    { name: 'Head', type: 'string[]', sets: [{ set: 'Page', position: 1 }] },
    { name: 'Title', type: 'string', sets: [{ set: 'Page', position: 2 }], validate: notEmpty },
    { name: 'As', type: 'string', validate: { ...notEmpty, set: ['Table', 'List'] } },
    { name: 'CssUri', type: 'uri', aliases: ['cu', 'uri'], sets: ['Page'], validate: notEmpty },
    { name: 'Fragment', type: 'switch', sets: ['Fragment'] },
    { name: 'PostContent', type: 'string[]', validate: notEmpty },
    { name: 'PreContent', type: 'string[]', validate: notEmpty },
    { name: 'Meta', type: 'hashtable', sets: ['Page'], validate: notEmpty },
    { name: 'Charset', type: 'string', sets: ['Page'], validate: notEmpty },
    { name: 'Transitional', type: 'switch', sets: ['Page'] },
  ],
  start: (call) => {
    const given = call.get('Property');
    const expressions = propertyExpressions(call, given === undefined ? ['*'] : itemsOf(given), keys);
    const isList = call.session.text(call.get('As')).toLowerCase() === 'list';
    const writeAll = (name: string) => {
      for (const line of textsOf(call.get(name))) call.write(line);
    };
    let columns: readonly HtmlColumn[] | undefined;
    let hasHeader = false;
    let count = 0;
    return {
      begin() {
        if (!call.isOn('Fragment')) writeHead(call);
        writeAll('PreContent');
        call.write('<table>');
      },
      process() {
        const input = call.get('InputObject');
        if (input === undefined || input === null) return;
        count++;
        if (columns === undefined || isList) columns = expressions.flatMap((one) => columnsOf(call, one, input));
        if (columns.length === 0) {
          columns = undefined;
          return;
        }
        if (isList) {
          if (count > 1) call.write('<tr><td><hr></td></tr>');
          for (const column of columns) {
            call.write(`<tr><td>${column.label}:</td><td>${cellOf(call, column, input)}</td></tr>`);
          }
          return;
        }
        if (!hasHeader) {
          hasHeader = true;
          call.write(`<colgroup>${columns.map(({ tag }) => tag).join('')}</colgroup>`);
          call.write(`<tr>${columns.map(({ label }) => `<th>${label}</th>`).join('')}</tr>`);
        }
        call.write(`<tr>${columns.map((column) => `<td>${cellOf(call, column, input)}</td>`).join('')}</tr>`);
      },
      end() {
        call.write('</table>');
        writeAll('PostContent');
        if (!call.isOn('Fragment')) call.write('</body></html>');
      },
    };
  },
};

interface HtmlColumn {
  readonly label: string;
  readonly tag: string;
  readonly expression: PropertyExpression;
}

/** The columns that an expression means of an object: all that a wildcard finds. */
function columnsOf(call: CmdletCall, expression: PropertyExpression, input: Value): HtmlColumn[] {
  const option = (name: string) => {
    const value = baseOf(expression.options.get(name));
    return value === null || value === undefined ? undefined : call.session.text(value);
  };
  const width = option('width');
  const alignment = option('alignment');
  const tag = `<col${width === undefined ? '' : ` width = "${width}"`}${alignment === undefined ? '' : ` align = "${alignment}"`}/>`;
  const names =
    expression.run === undefined
      ? matchMembers(input, expression.text, call.session)
          .filter(isProperty)
          .map(({ name }) => name)
      : [expression.text];
  return names.map((name) => ({
    label: option('label') ?? name,
    tag,
    expression: expression.run === undefined ? { ...expression, text: name, isWildcard: false } : expression,
  }));
}

function cellOf(call: CmdletCall, { expression }: HtmlColumn, input: Value): string {
  return valuesOf(expression, input, call)
    .map(({ value }) => htmlEncode(toNetText(value, undefined, call.session)))
    .join(', ');
}

function writeHead(call: CmdletCall): void {
  const kind = call.isOn('Transitional') ? 'Transitional' : 'Strict';
  const uri = call.has('CssUri') ? call.session.text(call.get('CssUri')) : undefined;
  if (uri !== undefined && uri.trim() === '') {
    const message =
      "This command cannot be run because 'CSSUri' is empty or blank. Please specify CSSUri and then run the command.";
    call.fail(
      cmdletError('ArgumentException', message, {
        type: 'System.ArgumentException',
        category: 'InvalidArgument',
        target: 'CSSUri',
      }),
    );
  }
  const lines = [
    `<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 ${kind}//EN"  "http://www.w3.org/TR/xhtml1/DTD/xhtml1-${kind.toLowerCase()}.dtd">`,
    '<html xmlns="http://www.w3.org/1999/xhtml">',
    '<head>',
  ];
  if (call.has('Charset')) lines.push(`<meta charset="${call.session.text(call.get('Charset'))}">`);
  lines.push(...metaOf(call));
  if (call.has('Head')) lines.push(...textsOf(call.get('Head')));
  else lines.push(`<title>${call.has('Title') ? call.session.text(call.get('Title')) : 'HTML TABLE'}</title>`);
  if (uri !== undefined) lines.push(`<link rel="stylesheet" type="text/css" href="${uri}" />`);
  lines.push('</head><body>', ...textsOf(call.get('Body')));
  for (const line of lines) call.write(line);
}

const httpMeta = ['content-type', 'default-style', 'x-ua-compatible'];
const namedMeta = ['application-name', 'author', 'description', 'generator', 'keywords', 'viewport'];

function metaOf(call: CmdletCall): string[] {
  const table = baseOf(call.get('Meta'));
  if (!(table instanceof Dictionary)) return [];
  return [...table.items()].map(({ key, value }) => {
    const name = call.session.text(key);
    const content = call.session.text(value);
    const isHttp = httpMeta.includes(name.toLowerCase());
    if (!isHttp && !namedMeta.includes(name.toLowerCase())) {
      call.writeWarning(
        `Accepted meta properties are content-type, default-style, application-name, author, description, generator, keywords, x-ua-compatible, and viewport. The meta pair: ${name} and ${content} may not function correctly.`,
      );
    }
    return `<meta ${isHttp ? 'http-equiv' : 'name'}="${name}" content="${content}">`;
  });
}
