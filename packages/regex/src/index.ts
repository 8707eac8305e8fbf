export { NestingError, PatternError, SearchLimitError } from './errors.ts';
export { escapePattern, unescapePattern } from './escape.ts';
export type { MatchLimit } from './matcher.ts';
export { NetRegex, type Onlooker, type RegexLimits } from './net-regex.ts';
export { RegexOption } from './options.ts';
export type { RegexCapture, RegexMatch } from './regex-match.ts';
