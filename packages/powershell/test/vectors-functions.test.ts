import { testVectors } from './vectors.ts';

testVectors('functions');
