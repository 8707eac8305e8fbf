import { connectorContract } from '@joinery/connector/contract-tests';
import { fixture } from './support/isolation/process-fixture.ts';

connectorContract('csv in a process of its own', fixture);
