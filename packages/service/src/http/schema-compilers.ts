import { problem } from '@joinery/problems';
import type { FastifyInstance, FastifySchemaCompiler } from 'fastify';
import type { FastifySerializerCompiler } from 'fastify/types/schema.js';
import type { TSchema } from 'typebox';
import { Compile } from 'typebox/compile';

/** Checks requests against their TypeBox schemas; nothing is coerced, filled in or removed (design decision 11). */
const checkRequest: FastifySchemaCompiler<TSchema> = ({ schema }) => {
  const validator = Compile(schema);
  return (given: unknown) => {
    // A request without a body is one with null: actions have none (graph sheet 2).
    const value = given ?? null;
    if (validator.Check(value)) return { value };
    const [first] = validator.Errors(value);
    const error = new Error(first?.message ?? 'wrong form');
    return {
      error: Object.assign(error, {
        validation: [{ instancePath: first?.instancePath ?? '', message: error.message }],
      }),
    };
  };
};

/**
 * Checks answers too: one that is not as its route declares is a fault of ours and is not sent, so that no member can leak that
 * nobody declared.
 */
const checkAnswer: FastifySerializerCompiler<TSchema> = ({ schema, url, httpStatus }) => {
  const validator = Compile(schema);
  return (value: unknown) => {
    if (validator.Check(value)) return JSON.stringify(value);
    const [first] = validator.Errors(value);
    throw problem(
      'SERVICE_ANSWER_INVALID',
      `The answer ${httpStatus ?? ''} of ${url} is not as declared: ${first?.message}.`,
      {
        place: first?.instancePath ?? '',
      },
    );
  };
};

export function installSchemaCompilers(app: FastifyInstance): void {
  app.setValidatorCompiler(checkRequest);
  app.setSerializerCompiler(checkAnswer);
}
