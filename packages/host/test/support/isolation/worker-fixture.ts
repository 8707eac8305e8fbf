import { wrappedCsv } from './wrapped-csv.ts';

export const fixture = wrappedCsv('worker', import.meta.url);
