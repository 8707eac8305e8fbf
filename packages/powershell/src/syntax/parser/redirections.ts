import type { Token } from '../tokenizer/token.ts';
import type { Extent, RedirectionAst, StreamName } from '../tree/index.ts';
import { parseSingleArgument } from './arguments.ts';
import type { Parser } from './parser.ts';
import { errorExpression } from './recovery.ts';

const streamTexts: Readonly<Record<StreamName, string>> = {
  all: '* stream',
  output: 'output stream',
  error: 'error stream',
  warning: 'warning stream',
  verbose: 'verbose stream',
  debug: 'debug stream',
  information: 'information stream',
};

/** Whether a token redirects. `<` does so in order to be refused. */
export function isRedirection({ kind }: Token): boolean {
  return kind === 'redirection' || kind === '<';
}

/**
 * A redirection whose sign was read; adds it to the ones before.
 * @returns what it covers
 */
export function parseRedirection(parser: Parser, token: Token, redirections: RedirectionAst[]): Extent {
  const redirection = readRedirection(parser, token);
  if ('kind' in redirection) {
    if (redirections.some(({ from }) => from === redirection.from)) {
      parser.reportAt('StreamAlreadyRedirected', redirection, streamTexts[redirection.from]);
    }
    redirections.push(redirection);
  }
  return redirection;
}

function readRedirection(parser: Parser, token: Token): RedirectionAst | Extent {
  const { detail, start } = token;
  if (detail?.type === 'redirection' && detail.to !== undefined) {
    if (detail.to !== 'output' || detail.from === detail.to) {
      parser.reportAt('RedirectionNotSupported', token, parser.text(token));
    }
    return { kind: 'mergingRedirection', from: detail.from, start, end: token.end };
  }
  let location = parseSingleArgument(parser, 'single');
  if (location === undefined) {
    parser.reportAfter('MissingFileSpecification', token);
    location = errorExpression(token);
  }
  const { end } = location;
  if (detail?.type !== 'redirection') {
    parser.reportAt('RedirectionNotSupported', token, parser.text(token));
    return { start, end };
  }
  return { kind: 'fileRedirection', from: detail.from, location, append: detail.append, start, end };
}
