import { posix } from 'node:path';
import { NetFailure } from '../../errors/raise.ts';
import { WildcardPattern } from '../../operators/wildcard.ts';
import type { FileStatus } from '../../runtime/session.ts';
import type { CmdletCall, CmdletDescription } from '../description.ts';
import { type AttributeTest, attributeTest } from './file-attributes.ts';
import { isGiven, writeItem } from './get-item.ts';
import { force } from './path-parameters.ts';
import {
  accessError,
  type FoundFile,
  foldersFirst,
  hidesHidden,
  type Item,
  isHidden,
  itemFilter,
  nameOfItem,
  pathsOf,
  resolveItems,
} from './resolve-items.ts';

export const getChildItem: CmdletDescription = {
  name: 'Get-ChildItem',
  typeName: 'Microsoft.PowerShell.Commands.GetChildItemCommand',
  module: 'Microsoft.PowerShell.Management',
  defaultSet: 'Items',
  parameters: [
    {
      name: 'Path',
      type: 'string[]',
      sets: ['Items'],
      position: 0,
      fromPipeline: true,
      fromPipelineByPropertyName: true,
      allowEmptyString: true,
    },
    {
      name: 'LiteralPath',
      type: 'string[]',
      aliases: ['PSPath', 'LP'],
      sets: ['LiteralItems'],
      mandatory: true,
      fromPipelineByPropertyName: true,
    },
    { name: 'Filter', type: 'string', position: 1 },
    { name: 'Include', type: 'string[]' },
    { name: 'Exclude', type: 'string[]' },
    { name: 'Recurse', type: 'switch', aliases: ['s', 'r'] },
    { name: 'Depth', type: 'uint' },
    force,
    { name: 'Name', type: 'switch' },
    {
      name: 'Attributes',
      type: 'string[]',
      isDynamic: true,
      coverage: {
        state: 'approximated',
        why: 'files have the attributes Directory, Hidden, ReadOnly, ReparsePoint and Normal',
      },
    },
    { name: 'Directory', type: 'switch', aliases: ['ad'], isDynamic: true },
    { name: 'File', type: 'switch', aliases: ['af'], isDynamic: true },
    { name: 'Hidden', type: 'switch', aliases: ['ah', 'h'], isDynamic: true },
    { name: 'ReadOnly', type: 'switch', aliases: ['ar'], isDynamic: true },
    { name: 'System', type: 'switch', aliases: ['as'], isDynamic: true },
    { name: 'FollowSymlink', type: 'switch', isDynamic: true },
  ],
  start: (call) => {
    const hasAttribute = attributeTest(call);
    return {
      process() {
        const given = pathsOf(call);
        const paths = given.paths.length === 0 ? ['.'] : given.paths;
        for (const path of paths) new Listing(call, hasAttribute).path(path === '' ? '.' : path, given.isLiteral);
      },
    };
  },
};

/** How a folder is listed. */
interface Depth {
  /** Levels below that are still listed. */
  readonly left: number;
  /** The names of the folders on the way, each with a slash after it. */
  readonly prefix: string;
}

/** One listing of one path. */
class Listing {
  readonly #call: CmdletCall;
  readonly #isNamed: (item: Item) => boolean;
  readonly #hasAttribute: AttributeTest;
  /** With patterns for names, a folder's own items come right after it; without, after all of its siblings. */
  readonly #isInline: boolean;

  constructor(call: CmdletCall, hasAttribute: AttributeTest, isNamed = itemFilter(call)) {
    this.#call = call;
    this.#isNamed = isNamed;
    this.#hasAttribute = hasAttribute;
    this.#isInline = !call.isOn('Name') && (call.has('Include') || call.has('Exclude'));
  }

  path(path: string, isLiteral: boolean): void {
    const call = this.#call;
    const isPattern = !isLiteral && WildcardPattern.has(path);
    const recurse = call.isOn('Recurse') || call.has('Depth');
    const left = call.has('Depth') ? Number(call.session.text(call.get('Depth'))) : Number.POSITIVE_INFINITY;
    const leaf = posix.basename(path.replaceAll('\\', '/'));
    if (isPattern && recurse && WildcardPattern.has(leaf) && leaf !== '*') {
      this.#belowOf(path, leaf, left);
      return;
    }
    for (const item of resolveItems(call, path, isLiteral)) {
      if (item.kind === 'item') {
        const isWhole = !isPattern && posix.basename(path.replaceAll('\\', '/')).endsWith(':');
        if (this.#isNamed(item) && !(isWhole && call.has('Include') && !recurse)) this.#show(item, item.item.name);
      } else if (item.status.kind === 'file' || (isPattern && !recurse)) {
        const isShown = isPattern ? this.#isWanted(item) : this.#isNamed(item) && isGiven(call, item);
        if (isShown) this.#show(item, nameOfItem(item));
      } else if (!call.has('Include') || recurse || call.has('Filter') || call.has('LiteralPath')) {
        this.#folder(item, { left: recurse ? left : 0, prefix: '' });
      }
    }
  }

  /** `-Recurse` with a pattern of names: what has such a name, anywhere below. */
  #belowOf(path: string, leaf: string, left: number): void {
    const call = this.#call;
    const slashed = path.replaceAll('\\', '/');
    const folder = slashed.slice(0, slashed.length - leaf.length);
    const pattern = new WildcardPattern(leaf);
    const isNamed = (item: Item) => pattern.matches(nameOfItem(item)) && this.#isNamed(item);
    const below = new Listing(call, this.#hasAttribute, isNamed);
    for (const item of resolveItems(call, folder === '' ? '.' : folder, false)) {
      if (item.kind === 'file' && item.status.kind === 'directory') {
        below.#folder(item, { left, prefix: '' }, !call.isOn('Name'));
      }
    }
  }

  #folder(folder: FoundFile, { left, prefix }: Depth, isInline = this.#isInline): void {
    const { session } = this.#call;
    const inner: (() => void)[] = [];
    for (const item of this.#itemsOf(folder)) {
      session.budget.step();
      const name = `${prefix}${posix.basename(item.path)}`;
      if (this.#isWanted(item)) this.#show(item, name);
      if (left <= 0 || item.status.kind !== 'directory') continue;
      if (item.status.isLink && !this.#call.isOn('FollowSymlink')) continue;
      if (hidesHidden(this.#call) && isHidden(item.path)) continue;
      const go = () => this.#folder(item, { left: left - 1, prefix: `${name}/` }, isInline);
      if (isInline) go();
      else inner.push(go);
    }
    for (const go of inner) go();
  }

  /** Folders come before files. */
  #itemsOf({ path, drive }: FoundFile): FoundFile[] {
    const { session } = this.#call;
    const found: FoundFile[] = [];
    for (const name of session.world.files.list(path)) {
      session.budget.step();
      const inside = posix.join(path, name);
      const status = this.#statusOf(inside);
      if (status !== undefined) found.push({ kind: 'file', path: inside, status, drive });
    }
    return found.sort(foldersFirst);
  }

  /** A link that leads out of what is granted is an error of its own: the rest of its folder is listed. */
  #statusOf(path: string): FileStatus | undefined {
    try {
      return this.#call.session.world.files.stat(path);
    } catch (error) {
      if (!(error instanceof NetFailure)) throw error;
      this.#call.writeError(accessError(error, path));
      return undefined;
    }
  }

  #isWanted(item: FoundFile): boolean {
    const call = this.#call;
    if (!this.#isNamed(item)) return false;
    const isFolder = item.status.kind === 'directory';
    if ((call.isOn('Directory') && !isFolder) || (call.isOn('File') && isFolder)) return false;
    if (call.isOn('System') || (call.isOn('ReadOnly') && !item.status.readOnly)) return false;
    const answer = this.#hasAttribute(item);
    if (answer !== undefined) return answer;
    if (call.isOn('Hidden')) return isHidden(item.path);
    return call.isOn('Force') || !isHidden(item.path);
  }

  #show(item: Item, name: string): void {
    if (this.#call.isOn('Name')) this.#call.write(name);
    else writeItem(this.#call, item);
  }
}
