import { Command } from 'commander';
import type { ContextFor } from '../command-context.ts';
import { expressionEvalCommand } from './expression-eval.ts';

/** `joinery expression …`: attribute-mapping expressions by hand. */
export function expressionCommand(contextFor: ContextFor): Command {
  return new Command('expression')
    .description('Attribute-mapping expressions.')
    .addCommand(expressionEvalCommand(contextFor));
}
