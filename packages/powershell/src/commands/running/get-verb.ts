import { WildcardPattern } from '../../operators/wildcard.ts';
import { DataObject } from '../data-object.ts';
import type { CmdletDescription } from '../description.ts';
import { textsOf } from '../items-of.ts';
import { verbGroups, verbs } from './verbs.ts';

export const getVerb: CmdletDescription = {
  name: 'Get-Verb',
  typeName: 'Microsoft.PowerShell.Commands.GetVerbCommand',
  module: 'Microsoft.PowerShell.Utility',
  parameters: [
    { name: 'Verb', type: 'string[]', position: 0, fromPipeline: true, fromPipelineByPropertyName: true },
    {
      name: 'Group',
      type: 'string[]',
      position: 1,
      fromPipeline: true,
      fromPipelineByPropertyName: true,
      validate: { set: verbGroups },
    },
  ],
  coverage: { state: 'approximated', why: 'the descriptions of the verbs are left out' },
  start: (call) => ({
    process() {
      const names = call.has('Verb') ? textsOf(call.get('Verb')) : ['*'];
      const groups = textsOf(call.get('Group')).map((group) => group.toLowerCase());
      const patterns = names.map((name) => new WildcardPattern(name));
      for (const { verb, aliasPrefix, group } of verbs) {
        if (!patterns.some((pattern) => pattern.matches(verb))) continue;
        if (groups.length > 0 && !groups.includes(group.toLowerCase())) continue;
        call.write(
          new DataObject('System.Management.Automation.VerbInfo', {
            Verb: verb,
            AliasPrefix: aliasPrefix,
            Group: group,
            Description: null,
          }),
        );
      }
    },
  }),
};
