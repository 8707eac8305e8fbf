export type * from './commands.ts';
export type * from './definitions.ts';
export type * from './expressions.ts';
export type * from './node.ts';
export type * from './statements.ts';
export type { ArrayTypeName, GenericTypeName, SimpleTypeName, TypeName } from './type-name.ts';
export { typeNameText } from './type-name.ts';
