import { testVectors } from './vectors.ts';

testVectors('conversions');
