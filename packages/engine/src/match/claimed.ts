import { type Problem, problem } from '@joinery/problems';
import type { CompiledObjectMapping } from '../job/compiled.ts';

/** Two source objects, one target object (engine sheet 8: DuplicateSourceEntries). `owner` came first. */
export function claimedBy(mapping: CompiledObjectMapping, owner: string): Problem {
  return problem(
    'ENGINE_MATCH_CLAIMED',
    `The matching object of ${mapping.target.name} belongs to another ${mapping.sourceObjectName} already (${owner}).`,
  );
}
