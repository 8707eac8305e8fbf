import { testVectors } from './vectors.ts';

testVectors('format-corners');
