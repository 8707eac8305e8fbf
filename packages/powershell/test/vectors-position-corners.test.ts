import { testVectors } from './vectors.ts';

testVectors('position-corners');
