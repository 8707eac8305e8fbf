import { connectorContract } from '@joinery/connector/contract-tests';
import { fixture } from './csv-fixture.ts';

connectorContract('csv', fixture);
