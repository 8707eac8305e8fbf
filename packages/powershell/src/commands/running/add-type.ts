import { isBuiltInAssembly } from '../../types/system/reflection/assembly.ts';
import { cmdletError } from '../cmdlet-error.ts';
import type { CmdletDescription, Coverage } from '../description.ts';
import { textsOf } from '../items-of.ts';

const notCompiled: Coverage = {
  state: 'missing',
  why: 'code of other languages is not compiled and no assembly is loaded: write a class in PowerShell',
};

const withoutEffect: Coverage = { state: 'missing', why: 'there is no compiler that it would be for' };

const codeSets = ['FromSource', 'FromMember'] as const;
const fileSets = [...codeSets, 'FromPath', 'FromLiteralPath'] as const;

export const addType: CmdletDescription = {
  name: 'Add-Type',
  typeName: 'Microsoft.PowerShell.Commands.AddTypeCommand',
  module: 'Microsoft.PowerShell.Utility',
  defaultSet: 'FromSource',
  parameters: [
    {
      name: 'TypeDefinition',
      type: 'string',
      sets: ['FromSource'],
      mandatory: true,
      position: 0,
      coverage: notCompiled,
    },
    { name: 'Name', type: 'string', sets: ['FromMember'], mandatory: true, position: 0, coverage: notCompiled },
    {
      name: 'MemberDefinition',
      type: 'string[]',
      sets: ['FromMember'],
      mandatory: true,
      position: 1,
      coverage: notCompiled,
    },
    { name: 'Namespace', type: 'string', aliases: ['NS'], sets: ['FromMember'], coverage: withoutEffect },
    { name: 'UsingNamespace', type: 'string[]', aliases: ['Using'], sets: ['FromMember'], coverage: withoutEffect },
    { name: 'Path', type: 'string[]', sets: ['FromPath'], mandatory: true, position: 0, coverage: notCompiled },
    {
      name: 'LiteralPath',
      type: 'string[]',
      aliases: ['PSPath', 'LP'],
      sets: ['FromLiteralPath'],
      mandatory: true,
      coverage: notCompiled,
    },
    { name: 'AssemblyName', type: 'string[]', aliases: ['AN'], sets: ['FromAssemblyName'], mandatory: true },
    { name: 'Language', type: 'object', sets: codeSets, coverage: withoutEffect },
    { name: 'ReferencedAssemblies', type: 'string[]', aliases: ['RA'], sets: fileSets, coverage: withoutEffect },
    { name: 'OutputAssembly', type: 'string', aliases: ['OA'], sets: fileSets, coverage: withoutEffect },
    { name: 'OutputType', type: 'object', aliases: ['OT'], sets: fileSets, coverage: withoutEffect },
    {
      name: 'PassThru',
      type: 'switch',
      coverage: { state: 'missing', why: 'the types of an assembly are not listed' },
    },
    { name: 'IgnoreWarnings', type: 'switch', sets: fileSets, coverage: withoutEffect },
    { name: 'CompilerOptions', type: 'string[]', sets: fileSets, coverage: withoutEffect },
  ],
  coverage: {
    state: 'approximated',
    why: 'assemblies that PowerShell brings along are taken as loaded; nothing else is',
  },
  start: (call) => ({
    end() {
      if (call.parameterSet !== 'FromAssemblyName') {
        call.fail(
          cmdletError(
            'NotSupported',
            'Code of other languages cannot be compiled and assemblies cannot be loaded here.',
            {
              type: 'System.NotSupportedException',
              category: 'NotImplemented',
            },
          ),
        );
      }
      for (const name of textsOf(call.get('AssemblyName'))) {
        if (isBuiltInAssembly(name)) continue;
        const path = `${call.session.location.replace(/\/$/, '')}/${name}.dll`;
        call.fail(
          cmdletError('PathNotFound', `Cannot find path '${path}' because it does not exist.`, {
            type: 'System.Management.Automation.ItemNotFoundException',
            category: 'ObjectNotFound',
            target: path,
          }),
        );
      }
    },
  }),
};
