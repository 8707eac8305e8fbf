import { testVectors } from './vectors.ts';

testVectors('scopes');
