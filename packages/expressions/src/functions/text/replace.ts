import type { Evaluator } from '../../evaluation/context.ts';
import { DotNetRegex } from '../../patterns/dot-net-regex.ts';
import { BoundedText } from '../../values/bounded-text.ts';
import type { Arguments } from '../arguments.ts';
import type { BoundCall } from '../bound-call.ts';
import type { FunctionDefinition } from '../definition.ts';

/**
 * Replace does one of five things, by which arguments are given (engine sheet 21.5):
 * find + replacement · find + template · pattern + replacement · pattern + group + replacement · pattern + group + attribute.
 */
export const replace: FunctionDefinition = {
  name: 'Replace',
  summary: 'Replaces text, by itself or by a regular expression.',
  parameters: [
    { name: 'source', type: 'String' },
    { name: 'Find', aliases: ['oldValue'], type: 'String', optional: true },
    { name: 'RegularExpression', aliases: ['regexPattern'], type: 'String', optional: true },
    { name: 'RegularExpressionGroupName', aliases: ['regexGroupName'], type: 'String', optional: true },
    { name: 'Replacement', aliases: ['replacementValue'], type: 'String', optional: true },
    { name: 'ReplacementPropertyName', aliases: ['replacementAttributeName'], type: 'String', optional: true },
    { name: 'Template', aliases: ['template'], type: 'String', optional: true },
  ],
  result: 'String',
  check(call) {
    if (modeOf(call) === undefined) {
      call.error(
        'EXPRESSION_ARGUMENT_INVALID',
        'These arguments of Replace do not go together.',
        undefined,
        'Give one of: oldValue with replacementValue; oldValue with template; regexPattern with replacementValue, and with ' +
          'regexGroupName for a part of it; regexPattern with regexGroupName and replacementAttributeName.',
      );
    }
    if (call.constant('Find') === '') call.error('EXPRESSION_ARGUMENT_INVALID', 'The text to find is empty.', 'Find');
    const pattern = call.constant('RegularExpression');
    if (pattern === undefined) return;
    call.attempt('RegularExpression', () => {
      const group = call.constant('RegularExpressionGroupName');
      if (group !== undefined && !new DotNetRegex(pattern).hasGroup(group)) {
        call.error(
          'EXPRESSION_ARGUMENT_INVALID',
          `The pattern has no group ${JSON.stringify(group)}.`,
          'RegularExpressionGroupName',
        );
      }
      // Without a group name the pattern must be valid all the same.
      if (group === undefined) new DotNetRegex(pattern);
    });
  },
  bind(call) {
    switch (modeOf(call)) {
      case 'text':
        return replaceText(call);
      case 'template':
        return fillTemplate(call);
      case 'pattern':
        return replacePattern(call);
      case 'group':
        return replaceGroup(call);
      case 'attribute':
        return takeFromAttribute(call);
      case undefined:
        throw call.fault('EXPRESSION_ARGUMENT_INVALID', 'These arguments of Replace do not go together.');
    }
  },
};

function modeOf(call: Arguments): 'text' | 'template' | 'pattern' | 'group' | 'attribute' | undefined {
  const [find, pattern, group, replacement, attribute, template] = [
    'Find',
    'RegularExpression',
    'RegularExpressionGroupName',
    'Replacement',
    'ReplacementPropertyName',
    'Template',
  ].map((name) => call.has(name));
  if (find && !pattern && !group && !attribute && replacement !== template) return replacement ? 'text' : 'template';
  if (!pattern || find || template || replacement === attribute) return undefined;
  if (replacement) return group ? 'group' : 'pattern';
  return group ? 'attribute' : undefined;
}

/** Every occurrence, case-sensitive. */
function replaceText(call: BoundCall): Evaluator {
  const source = call.text('source');
  const find = call.text('Find');
  const replacement = call.text('Replacement');
  return (scope) => {
    const text = source(scope);
    return text === null ? null : replaceEach(call, text, find(scope), replacement(scope) ?? '');
  };
}

/** Every occurrence of `Find` in the template becomes the source. */
function fillTemplate(call: BoundCall): Evaluator {
  const source = call.text('source');
  const find = call.text('Find');
  const template = call.text('Template');
  return (scope) => {
    const text = source(scope);
    return text === null ? null : replaceEach(call, template(scope) ?? '', find(scope), text);
  };
}

function replaceEach(call: BoundCall, text: string, find: string | null, replacement: string): string {
  // A null text to find occurs nowhere; an empty one would occur everywhere, which .NET refuses, too.
  if (find === null) return text;
  if (find === '') throw call.fault('EXPRESSION_VALUE_TYPE', 'The text to find is empty.', 'Find');
  const result = new BoundedText();
  text.split(find).forEach((part, index) => {
    if (index > 0) result.add(replacement);
    result.add(part);
  });
  return result.toString();
}

/** Every match; the replacement may name groups: `${phoneNumber}`. */
function replacePattern(call: BoundCall): Evaluator {
  const source = call.text('source');
  const pattern = call.pattern('RegularExpression');
  const replacement = call.text('Replacement');
  return (scope) => {
    const text = source(scope);
    return text === null ? null : pattern(scope).replace(text, replacement(scope) ?? '', scope.budget);
  };
}

/** In every match, only the span of the group. */
function replaceGroup(call: BoundCall): Evaluator {
  const source = call.text('source');
  const pattern = call.pattern('RegularExpression');
  const group = call.text('RegularExpressionGroupName');
  const replacement = call.text('Replacement');
  return (scope) => {
    const text = source(scope);
    if (text === null) return null;
    return pattern(scope).replaceGroup(text, group(scope) ?? '', replacement(scope) ?? '', scope.budget);
  };
}

/** The source if it has a value, else the group as found in the other attribute; null when it is not found there. */
function takeFromAttribute(call: BoundCall): Evaluator {
  const source = call.text('source');
  const pattern = call.pattern('RegularExpression');
  const group = call.text('RegularExpressionGroupName');
  const attribute = call.text('ReplacementPropertyName');
  return (scope) => {
    const text = source(scope);
    if (text !== null && text !== '') return text;
    const other = attribute(scope);
    return other === null ? null : (pattern(scope).extract(other, group(scope) ?? '', scope.budget) ?? null);
  };
}
