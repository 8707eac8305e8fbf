import { testVectors } from './vectors.ts';

testVectors('comparison');
