import type { ConfigParameterDefinition } from '@joinery/connector';
import { connectivityParameters } from './connectivity-parameters.ts';
import { globalParameters, partitionParameters, schemaParameters } from './directory-parameters.ts';

/** The parameters of the connector, in the order of the original's pages and with its labels (LDAP sheet 1.2 to 1.6). */
export const ldapParameters: readonly ConfigParameterDefinition[] = [
  ...connectivityParameters,
  ...schemaParameters,
  ...globalParameters,
  ...partitionParameters,
];
