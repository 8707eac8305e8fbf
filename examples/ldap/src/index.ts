export { ldapTarget, slapdFolder } from './demo-target.ts';
export { type WalkThrough, type WalkThroughName, walkThrough, walkThroughs } from './walk-through.ts';
