import type { TypeDescription } from '@joinery/powershell/registration';
import { anchorAttributeTypes } from './anchor-attribute.ts';
import { attributeChangeTypes } from './attribute-change-description.ts';
import { capabilityTypes } from './capabilities.ts';
import { changeResultTypes } from './change-result.ts';
import { configDefinitionTypes } from './config-definition.ts';
import { configParameterTypes } from './config-parameter.ts';
import { entryTypes } from './entry.ts';
import { entryChangeTypes } from './entry-change-description.ts';
import { entryValueTypes } from './entry-values.ts';
import { enumTypes } from './enums.ts';
import { exceptionTypes } from './exceptions.ts';
import { placeTypes } from './places.ts';
import { runResultTypes } from './run-results.ts';
import { runStepTypes } from './run-steps.ts';
import { schemaTypes } from './schema.ts';
import { schemaAttributeTypes } from './schema-attribute.ts';
import { schemaTypeTypes } from './schema-type.ts';
import { staticTypes } from './statics.ts';
import { valueChangeTypes } from './value-change.ts';

/** `Microsoft.MetadirectoryServices`: every type that connector scripts can touch (ECMA sheet 2). */
export const ecmaTypes: readonly TypeDescription[] = [
  ...enumTypes,
  ...schemaTypes,
  ...schemaTypeTypes,
  ...schemaAttributeTypes,
  ...entryChangeTypes,
  ...anchorAttributeTypes,
  ...attributeChangeTypes,
  ...valueChangeTypes,
  ...changeResultTypes,
  ...runStepTypes,
  ...runResultTypes,
  ...configParameterTypes,
  ...configDefinitionTypes,
  ...placeTypes,
  ...capabilityTypes,
  ...entryTypes,
  ...entryValueTypes,
  ...staticTypes,
  ...exceptionTypes,
];
