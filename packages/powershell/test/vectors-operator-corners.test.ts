import { testVectors } from './vectors.ts';

testVectors('operator-corners');
