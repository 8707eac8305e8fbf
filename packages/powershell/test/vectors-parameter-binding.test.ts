import { testVectors } from './vectors.ts';

testVectors('parameter-binding');
