import { testVectors } from './vectors.ts';

testVectors('strict-mode');
