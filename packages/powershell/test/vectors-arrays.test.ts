import { testVectors } from './vectors.ts';

testVectors('arrays');
