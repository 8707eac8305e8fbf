import { wrappedCsv } from './wrapped-csv.ts';

export const fixture = wrappedCsv('process', import.meta.url);
