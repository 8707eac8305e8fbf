import type { CmdletParameter } from '../description.ts';

/** `-Path` and `-LiteralPath` as the cmdlets of items have them. */
export function pathParameters({ fromPipeline = true, mandatory = true } = {}): readonly CmdletParameter[] {
  return [
    {
      name: 'Path',
      type: 'string[]',
      sets: ['Path'],
      mandatory,
      position: 0,
      fromPipeline,
      fromPipelineByPropertyName: true,
    },
    {
      name: 'LiteralPath',
      type: 'string[]',
      aliases: ['PSPath', 'LP'],
      sets: ['LiteralPath'],
      mandatory: true,
      fromPipelineByPropertyName: true,
    },
  ];
}

/** `-Filter`, `-Include` and `-Exclude`. */
export const filterParameters: readonly CmdletParameter[] = [
  { name: 'Filter', type: 'string' },
  { name: 'Include', type: 'string[]' },
  { name: 'Exclude', type: 'string[]' },
];

export const force: CmdletParameter = { name: 'Force', type: 'switch' };
