export { inputFile, peopleConnector } from './connector.ts';
export { anchorColumn, peopleFile, personColumns, personKey, personValues } from './people.ts';
export { startTarget, type Target, type TargetOptions } from './target.ts';
