import { testVectors } from './vectors.ts';

testVectors('parse-errors');
