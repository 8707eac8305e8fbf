import { readFileSync } from 'node:fs';

/** A value of JSON. */
export type Json = string | number | boolean | null | readonly Json[] | JsonObject;
export interface JsonObject {
  readonly [name: string]: Json;
}

export type Profile = 'entra' | 'strict';

/**
 * One request and what is expected of its answer. Texts hold placeholders, see `words.ts`.
 * Expected bodies say what must be there; more may be.
 */
export interface Step {
  /** e.g. `GET /Users?filter=userName+eq+%22{{fresh user}}%22`: the path below the SCIM root, as it is sent. */
  readonly send: string;
  readonly body?: Json;
  /** Request headers beside the usual ones; `authorization: none` sends no token. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly status: number | readonly number[];
  /** Parts of the body, see `expectation.ts`. An answer of 204 has none to compare. */
  readonly expect?: JsonObject;
  /** Values by their path in the body, for rows that name the path. */
  readonly at?: Readonly<Record<string, Json>>;
  /** Paths such as `Resources.0.members` that must not be in the body. */
  readonly absent?: readonly string[];
  /** Response headers by name, each a pattern. */
  readonly answers?: Readonly<Record<string, string>>;
  /** Names under which values of the answer are remembered, by their path in the body. */
  readonly keep?: Readonly<Record<string, string>>;
  /** The profile that the step is for; without it both. */
  readonly only?: Profile;
}

/** A case of a public suite, in our own words. */
export interface Case {
  /** The number and name that the suite gives it. */
  readonly name: string;
  readonly only?: Profile;
  /** What a server must have for the case to apply, e.g. `groups`. */
  readonly needs?: readonly string[];
  /** The steps run once for each of these; a row's members are placeholders. The name of a list under `given`. */
  readonly each?: string;
  readonly steps: readonly Step[];
}

export interface Suite {
  readonly suite: string;
  /** Values by name that steps refer to as `{{given.<name>}}`. */
  readonly given: JsonObject;
  readonly cases: readonly Case[];
}

export const suiteNames = ['entra-validator', 'entra-validator-flat', 'gallery-onboarding', 'scim2-tester'] as const;
export type SuiteName = (typeof suiteNames)[number];

/** Reads a recorded suite. The files are part of the tests, so their shape is taken on trust and checked by a test of its own. */
export function readSuite(name: SuiteName): Suite {
  return JSON.parse(readFileSync(new URL(`./fixtures/${name}.json`, import.meta.url), 'utf8'));
}
