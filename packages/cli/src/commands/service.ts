import { Command } from 'commander';
import type { ContextFor } from '../command-context.ts';
import { serviceStartCommand } from './service-start.ts';

/** `joinery service …`: the provisioning service by hand. */
export function serviceCommand(contextFor: ContextFor): Command {
  return new Command('service')
    .description('The provisioning service: directory, jobs and the provisioning log.')
    .addCommand(serviceStartCommand(contextFor));
}
