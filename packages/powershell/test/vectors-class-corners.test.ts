import { testVectors } from './vectors.ts';

testVectors('class-corners');
