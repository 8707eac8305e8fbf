import { testVectors } from './vectors.ts';

testVectors('conversion-corners');
