import { approximated, covered, type Judgement, missing } from './finding.ts';
import type { Node } from './walk.ts';

/** A construct of the language by its name, and whether the engine has it. */
export interface ConstructUse {
  readonly name: string;
  readonly judgement: Judgement;
}

/** The construct that a node is; `undefined` for what is judged as a command, type, member or variable, or is nothing by itself. */
export function constructOf(node: Node): ConstructUse | undefined {
  switch (node.kind) {
    case 'if':
      return has('if');
    case 'while':
    case 'for':
      return has(node.kind);
    case 'doWhile':
      return has('do while');
    case 'doUntil':
      return has('do until');
    case 'forEach':
      return node.parallel
        ? { name: 'foreach -parallel', judgement: missing('Workflows are not part of PowerShell 7.') }
        : has('foreach');
    case 'switch':
      return has(node.mode === 'exact' ? 'switch' : `switch -${node.mode}`);
    case 'try':
    case 'trap':
    case 'throw':
    case 'return':
    case 'break':
    case 'continue':
    case 'exit':
    case 'ternary':
      return has(node.kind);
    case 'data':
      return has('data');
    case 'block':
      return { name: node.word, judgement: missing('Workflows are not part of PowerShell 7.') };
    case 'function':
      return node.isWorkflow
        ? { name: 'workflow', judgement: missing('Workflows are not part of PowerShell 7.') }
        : has(node.isFilter ? 'filter' : 'function');
    case 'typeDefinition':
      return node.what === 'interface'
        ? { name: 'interface', judgement: missing('PowerShell reserves the word and has no such thing.') }
        : has(node.what);
    case 'pipeline':
    case 'pipelineChain':
      if (node.background) {
        return { name: 'background job (&)', judgement: missing('Scripts start no processes and no jobs.') };
      }
      return node.kind === 'pipelineChain' ? has(node.operator) : undefined;
    case 'binary':
      return has(`operator ${node.operator}`);
    case 'unary':
      return has(`operator ${node.operator.replace('post', '')}`);
    case 'assignment':
      return has(`operator ${node.operator}`);
    case 'hashtable':
      return has('hashtable literal');
    case 'scriptBlockExpression':
      return has('script block');
    case 'index':
      return has(node.nullConditional ? 'null-conditional index' : 'index');
    case 'mergingRedirection':
    case 'fileRedirection':
      return has('redirection');
    case 'using':
      return { name: '$using:', judgement: approximated('There is no remoting: it reads the variable of the caller.') };
    case 'usingStatement':
      if (node.what === 'assembly') {
        return { name: 'using assembly', judgement: missing('There is no .NET to load an assembly into.') };
      }
      return has(`using ${node.what}`);
    default:
      return undefined;
  }
}

function has(name: string): ConstructUse {
  return { name, judgement: covered };
}
