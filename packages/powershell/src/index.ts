export { type Place, placeOf, type Source } from './syntax/source.ts';
