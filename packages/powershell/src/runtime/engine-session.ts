import { cmdletParameters } from '../binding/cmdlet-parameters.ts';
import { builtInAliases } from '../commands/built-in-aliases.ts';
import { builtInFunctions } from '../commands/built-in-functions.ts';
import type { CmdletDescription } from '../commands/description.ts';
import { cmdlets } from '../commands/registry.ts';
import { convertTo } from '../conversion/convert.ts';
import { toText } from '../conversion/text.ts';
import { ErrorRecord } from '../errors/error-record.ts';
import { NetException } from '../errors/net-exception.ts';
import { runtimeError } from '../errors/raise.ts';
import type { Thrown } from '../errors/thrown.ts';
import { allowedCommands } from '../mapping/allowed.ts';
import { parse } from '../syntax/parse.ts';
import type { Source } from '../syntax/source.ts';
import { DriveInfo } from '../types/automation/drive-info.ts';
import { fileSystem, providers } from '../types/automation/provider-info.ts';
import { ArrayList } from '../types/collections/array-list.ts';
import { invokeMember } from '../types/members.ts';
import type { NetType } from '../types/net-type.ts';
import { invokeStatic } from '../types/static-members.ts';
import { createTypeTable, type TypeTable } from '../types/table.ts';
import { objectArray } from '../values/array.ts';
import { Delegate } from '../values/delegate.ts';
import type { Instance } from '../values/instance.ts';
import { ScriptBlock } from '../values/script-block.ts';
import type { Value } from '../values/value.ts';
import type { Budget } from './budget.ts';
import { AliasCommand, CmdletCommand, type Command, FunctionCommand } from './command.ts';
import { Frame } from './frame.ts';
import { addGlobalVariables, followLocation } from './global-variables.ts';
import type { ModuleInfo } from './module-info.ts';
import { Collector, nowhere } from './output.ts';
import { parseFailure } from './parse-failure.ts';
import { parseTypes } from './parse-types.ts';
import { findCommand } from './pipeline/find-command.ts';
import { invokeBlock } from './pipeline/invoke-block.ts';
import type { Registration } from './registration.ts';
import type { Scope } from './scope.ts';
import type { RunOptions, Session, World } from './session.ts';
import { SessionState } from './session-state.ts';
import type { Streams } from './streams.ts';
import { Variable } from './variable.ts';
import { assignTo } from './variable-access.ts';

export interface SessionOptions {
  readonly world: World;
  readonly budget: Budget;
  /** The current folder at the start, an absolute path. */
  readonly location: string;
  readonly streams: Streams;
  readonly registration?: Registration;
}

const nothing: Source = { text: '', file: undefined };

/** The one implementation of {@link Session}. */
export class EngineSession implements Session {
  readonly global = new SessionState();
  readonly types: TypeTable = createTypeTable();
  readonly cmdlets = new Map<string, CmdletCommand>();
  readonly modules = new Map<string, ModuleInfo>();
  readonly allScope = new Map<string, Variable>();
  readonly settings = new Map<string, Value>();
  readonly world: World;
  readonly streams: Streams;
  readonly errorList = new ArrayList();
  budget: Budget;
  lastSucceeded = true;
  pendingLabel = '';
  frame: Frame;
  hasHandler = false;
  caught: Thrown | undefined;
  #drive: DriveInfo;
  /** The last drive of files that was current. */
  #fileDrive: DriveInfo;
  /** The frame outside of every run. */
  readonly #base: Frame;

  constructor({ world, budget, location, streams, registration = {} }: SessionOptions) {
    this.world = world;
    this.budget = budget;
    this.#drive = addDrives(this.global.top, location, world.environment.get('TMPDIR') ?? '/tmp/');
    this.#fileDrive = this.#drive;
    this.streams = streams;
    this.#base = new Frame(this, nothing, this.global.top, [], nowhere, streams);
    this.frame = this.#base;
    // What a mapping may do is checked before it runs; this holds whatever that check should have overlooked.
    const isMapping = this.world.profile === 'mapping';
    for (const cmdlet of cmdlets) {
      if (!isMapping || allowedCommands.has(cmdlet.name.toLowerCase())) this.register(cmdlet);
    }
    if (!isMapping) this.#addRegistered(registration);
    addAliases(this.global.top);
    if (!isMapping) this.#addFunctions();
    addGlobalVariables(this);
  }

  #addRegistered({ types = [], cmdlets: added = [] }: Registration): void {
    for (const description of types) this.types.register(description);
    for (const cmdlet of added) this.register(cmdlet);
  }

  #addFunctions(): void {
    const { global } = this;
    global.top.functions ??= new Map();
    for (const [name, body] of builtInFunctions) {
      global.top.functions.set(name, new FunctionCommand(name, this.parseBlock(body, global)));
    }
  }

  get errors(): Value[] {
    return this.errorList.items;
  }

  get clock(): World['clock'] {
    return this.world.clock;
  }

  get random(): World['random'] {
    return this.world.random;
  }

  get location(): string {
    return this.#fileDrive.native;
  }

  get fileDrive(): DriveInfo {
    return this.#fileDrive;
  }

  get drive(): DriveInfo {
    return this.#drive;
  }

  /** `$PWD` follows; so it does when the location within the drive has changed: set it again. */
  set drive(drive: DriveInfo) {
    this.#drive = drive;
    if (drive.provider === fileSystem) this.#fileDrive = drive;
    followLocation(this);
  }

  get ofs(): string {
    const variable = this.frame.scope.find('ofs');
    if (variable === undefined || variable.value === null || variable.value === undefined) return ' ';
    return typeof variable.value === 'string' ? variable.value : toText(variable.value, this);
  }

  get strictVersion(): number {
    for (let scope: Scope | undefined = this.frame.scope; scope !== undefined; scope = scope.parent) {
      if (scope.strictVersion !== undefined) return scope.strictVersion;
      // What is strict outside of a module is not strict in it.
      if (scope === scope.state.top) break;
    }
    return 0;
  }

  setMatches(matches: Value): void {
    const { scope } = this.frame;
    const known = scope.own('matches');
    if (known === undefined) scope.add(new Variable('Matches', matches));
    else assignTo(known, matches);
  }

  convert(value: Value, type: NetType): Value {
    return convertTo(value, type, this);
  }

  text(value: Value): string {
    return toText(value, this);
  }

  invoke(block: Instance, args: readonly Value[], underscore?: Value): Value {
    if (block instanceof Delegate) return this.#callDelegate(block, args, underscore);
    if (!(block instanceof ScriptBlock)) throw new TypeError('only script blocks and methods are delegates');
    const out = new Collector();
    this.run(block, {
      args,
      newScope: true,
      out,
      ...(underscore === undefined ? {} : { underscore }),
    });
    const { items } = out;
    if (items.length === 1) return items[0];
    return items.length === 0 ? undefined : objectArray(items);
  }

  #callDelegate({ target }: Delegate, args: readonly Value[], underscore: Value): Value {
    if (target instanceof ScriptBlock) return this.invoke(target, args, underscore);
    return target.owner === undefined
      ? invokeMember(target.target, target.name, args, this)
      : invokeStatic(target.owner, target.name, args, this);
  }

  findCommand(name: string, state: SessionState): Command | undefined {
    return findCommand(this, name, state);
  }

  run(block: ScriptBlock, options: RunOptions): void {
    if (options.errorsEnd !== true) {
      invokeBlock(this, block, options);
      return;
    }
    const { hasHandler } = this;
    this.hasHandler = true;
    try {
      invokeBlock(this, block, options);
    } finally {
      this.hasHandler = hasHandler;
    }
  }

  addError(record: ErrorRecord): void {
    const { errors } = this;
    const [head] = errors;
    if (head === record || (head instanceof ErrorRecord && head.exception === record.exception)) return;
    if (head instanceof NetException && head === record.exception) return;
    this.errorList.insert(0, [record]);
    const limit = this.global.top.own('maximumerrorcount')?.value;
    const most = typeof limit === 'number' ? limit : 256;
    if (errors.length > most) this.errorList.removeAt(most, errors.length - most);
  }

  report(record: ErrorRecord): void {
    this.addError(record);
    this.lastSucceeded = false;
    this.frame.streams.error.write(record);
  }

  /** In mappings no text becomes code while they run. */
  parseBlock(text: string, state: SessionState): ScriptBlock {
    if (this.world.profile === 'mapping') {
      throw runtimeError('ScriptsNotAllowed', 'Text cannot be made code in a mapping.', {
        category: 'PermissionDenied',
      });
    }
    const source: Source = { text, file: undefined };
    const { ast, errors } = parse(source, parseTypes(this.types));
    if (errors.length > 0) throw parseFailure(source, errors);
    return new ScriptBlock(ast, text, { state });
  }

  /** Puts back what an error may have left behind on its way out of a run. */
  settle(): void {
    this.frame = this.#base;
    this.global.current = this.global.top;
    this.hasHandler = false;
    this.caught = undefined;
    this.pendingLabel = '';
  }

  register(cmdlet: CmdletDescription): void {
    const command = new CmdletCommand(cmdlet, () => cmdletParameters(cmdlet, this.types));
    this.cmdlets.set(cmdlet.name.toLowerCase(), command);
    const { top } = this.global;
    top.aliases ??= new Map();
    for (const alias of cmdlet.aliases ?? [])
      top.aliases.set(alias.toLowerCase(), new AliasCommand(alias, cmdlet.name));
  }
}

/** The drives that every session begins with; answers the one of files, at the current location. */
function addDrives(top: Scope, location: string, temporary: string): DriveInfo {
  const root = new DriveInfo('/', fileSystem, '/');
  root.at = location.replace(/^\/+/, '');
  top.drives = new Map([
    ['/', root],
    ['temp', new DriveInfo('Temp', fileSystem, temporary)],
  ]);
  for (const provider of providers) {
    if (provider === fileSystem) continue;
    const name = provider.name === 'Environment' ? 'Env' : provider.name;
    top.drives.set(name.toLowerCase(), new DriveInfo(name, provider, ''));
  }
  return root;
}

function addAliases(top: Scope): void {
  top.aliases ??= new Map();
  for (const { name, definition, options } of builtInAliases) {
    const alias = new AliasCommand(name, definition);
    alias.options = new Set(options);
    top.aliases.set(name.toLowerCase(), alias);
  }
}
