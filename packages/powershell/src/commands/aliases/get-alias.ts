import { WildcardPattern } from '../../operators/wildcard.ts';
import { cmdletError } from '../cmdlet-error.ts';
import type { CmdletDescription } from '../description.ts';
import { textsOf } from '../items-of.ts';
import { scopeNamed } from '../variables/variable-access.ts';
import { visibleAliases } from './alias-access.ts';

export const getAlias: CmdletDescription = {
  name: 'Get-Alias',
  typeName: 'Microsoft.PowerShell.Commands.GetAliasCommand',
  module: 'Microsoft.PowerShell.Utility',
  defaultSet: 'Default',
  parameters: [
    {
      name: 'Name',
      type: 'string[]',
      sets: ['Default'],
      position: 0,
      fromPipeline: true,
      fromPipelineByPropertyName: true,
      validate: { notNullOrEmpty: true },
    },
    { name: 'Exclude', type: 'string[]' },
    { name: 'Scope', type: 'string' },
    { name: 'Definition', type: 'string[]', sets: ['Definition'], validate: { notNullOrEmpty: true } },
  ],
  start: (call) => ({
    process() {
      const byDefinition = call.parameterSet === 'Definition';
      const given = textsOf(call.get(byDefinition ? 'Definition' : 'Name'));
      const exclude = textsOf(call.get('Exclude')).map((pattern) => new WildcardPattern(pattern));
      const scope = call.has('Scope') ? scopeNamed(call) : undefined;
      const aliases = scope === undefined ? visibleAliases(call.scope) : [...(scope.aliases?.values() ?? [])];
      for (const text of given.length === 0 ? ['*'] : given) {
        const pattern = new WildcardPattern(text);
        const found = aliases.filter(
          (alias) =>
            pattern.matches(byDefinition ? alias.definition : alias.name) &&
            !exclude.some((other) => other.matches(alias.name)),
        );
        for (const alias of found) call.write(alias);
        if (found.length === 0 && !WildcardPattern.has(text)) {
          const what = byDefinition ? 'definition' : 'name';
          call.writeError(
            cmdletError(
              'ItemNotFoundException',
              `This command cannot find a matching alias because an alias with the ${what} '${text}' does not exist.`,
              {
                type: 'System.Management.Automation.ItemNotFoundException',
                category: 'ObjectNotFound',
                target: text,
              },
            ),
          );
        }
      }
    },
  }),
};
