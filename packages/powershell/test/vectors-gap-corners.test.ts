import { testVectors } from './vectors.ts';

testVectors('gap-corners');
