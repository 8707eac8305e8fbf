export { type WalkThrough, type WalkThroughName, walkThrough, walkThroughs } from './walk-through.ts';
