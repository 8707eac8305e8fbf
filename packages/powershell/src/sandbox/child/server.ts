import { toText } from '../../conversion/text.ts';
import { isForm, type Wire } from '../../engine/wire.ts';
import { ErrorRecord } from '../../errors/error-record.ts';
import { Thrown } from '../../errors/thrown.ts';
import { checkBlock } from '../../mapping/code-zone.ts';
import { nowhere, type Output } from '../../runtime/output.ts';
import type { Registration } from '../../runtime/registration.ts';
import { ParseFailure, Runspace } from '../../runtime/runspace.ts';
import type { Session } from '../../runtime/session.ts';
import type { Streams } from '../../runtime/streams.ts';
import { withUnderscore } from '../../runtime/underscore.ts';
import { setVariable } from '../../runtime/variable-access.ts';
import { parse } from '../../syntax/parse.ts';
import { placeOf, type Source } from '../../syntax/source.ts';
import { getMember } from '../../types/members.ts';
import type { Value } from '../../values/value.ts';
import { createWorld } from '../../world/world.ts';
import type { Failure, Request, StreamName } from '../protocol.ts';
import { BudgetExceeded, callDepthOverflow, type RunBudget } from '../run-budget.ts';
import { fromWire } from './from-wire.ts';
import { LeftoverMemory } from './leftover-memory.ts';
import { OpenMapping } from './open-mapping.ts';
import type { AnswerPipe } from './pipes.ts';
import { Refusal } from './refusal.ts';
import { errorWire, shownMessage, toWire } from './to-wire.ts';
import type { WebLine } from './web-line.ts';

/** A module that throws ends its statement alone, unless somebody catches it. */
const importModule =
  'param($Path) try { Import-Module -Name $Path -DisableNameChecking -ErrorAction Stop } catch { throw }';

/** Carries requests out, one after the other, each in its runspace. */
export class Server {
  readonly #pipe: AnswerPipe;
  readonly #budget: RunBudget;
  readonly #web: WebLine;
  readonly #registration: Registration;
  readonly #runspaces = new Map<number, Runspace>();
  readonly #mappings = new Map<number, OpenMapping>();
  readonly #leftovers = new LeftoverMemory();

  constructor(pipe: AnswerPipe, budget: RunBudget, web: WebLine, registration: Registration) {
    this.#pipe = pipe;
    this.#budget = budget;
    this.#web = web;
    this.#registration = registration;
  }

  take(request: Request): void {
    let failure: Failure | undefined;
    try {
      switch (request.type) {
        case 'open':
          this.#open(request);
          break;
        case 'invoke':
          this.#invoke(request);
          break;
        case 'mapping':
          this.#mapping(request);
          break;
        case 'rows':
          this.#rows(request);
          break;
        case 'close':
          this.#close(request.run);
      }
    } catch (error) {
      failure = failureOf(error);
    }
    this.#pipe.send(failure === undefined ? { type: 'done' } : { type: 'failed', failure });
    this.#pipe.flush();
    // Nobody waits for this one any more.
    this.#leftovers.giveBack();
  }

  #open({
    run,
    profile,
    grants,
    hosts,
    environment,
    location,
    variables,
    settings,
    modules,
    limits,
  }: Request & { type: 'open' }): void {
    this.#budget.begin(limits);
    const world = createWorld({ grants, hosts, environment, profile, budget: this.#budget, web: this.#web });
    const runspace: Runspace = Runspace.open({
      world,
      budget: this.#budget,
      location,
      streams: this.#streams(() => runspace.session),
      registration: this.#registration,
    });
    const { session } = runspace;
    for (const [name, wire] of settings) session.settings.set(name, fromWire(wire, session));
    const { top } = session.global;
    for (const [name, wire] of variables) setVariable(session, top, name, fromWire(wire, session));
    for (const path of modules) runspace.invoke(importModule, { named: new Map([['Path', path]]), out: nowhere });
    this.#runspaces.set(run, runspace);
  }

  #close(run: number): void {
    this.#runspaces.get(run)?.session.world.files.closeAll();
    this.#runspaces.delete(run);
    this.#mappings.delete(run);
  }

  #invoke({ run, script, file, parameters, arguments: args, underscore, limits }: Request & { type: 'invoke' }): void {
    const runspace = this.#runspace(run);
    const { session } = runspace;
    this.#budget.begin(limits);
    const source: Source = { text: script, file: file ?? undefined };
    if (session.world.profile === 'mapping') checkCode(source);
    const options = {
      named: new Map(parameters.map(([name, wire]) => [name, fromWire(wire, session)])),
      args: args.map((wire) => fromWire(wire, session)),
      out: { write: (value: Value) => this.#sendValue(value, session) },
    };
    try {
      if (underscore === undefined) runspace.invoke(source, options);
      else {
        const { top } = session.global;
        withUnderscore(top, fromWire(underscore, session), () => runspace.invoke(source, options));
      }
    } catch (error) {
      if (error instanceof ParseFailure) throw new Refusal(parseFailure(error, source));
      if (error instanceof BudgetExceeded && session.world.profile === 'mapping') {
        throw new BudgetExceeded(error.reason, `PSB006: ${error.message}`);
      }
      throw error;
    }
  }

  #mapping({ run, script, file, limits }: Request & { type: 'mapping' }): void {
    const { session } = this.#runspace(run);
    this.#budget.begin(limits);
    const mapping = new OpenMapping({ text: script, file: file ?? undefined }, session);
    this.#mappings.set(run, mapping);
    this.#sendValue(mapping.value, session);
    this.#sendValue(mapping.places, session);
  }

  #rows(request: Request & { type: 'rows' }): void {
    const { session } = this.#runspace(request.run);
    this.#budget.begin(request.limits);
    this.#sendValue(this.#mappings.get(request.run)?.evaluate(request), session);
  }

  #runspace(run: number): Runspace {
    const runspace = this.#runspaces.get(run);
    if (runspace === undefined) throw new Error(`run ${run} is not open`);
    return runspace;
  }

  #sendValue(value: Value, session: Session): void {
    this.#pipe.send({ type: 'value', value: toWire(value, session) });
  }

  #streams(session: () => Session): Streams {
    const stream = (name: StreamName, member: string): Output => ({
      write: (record) => this.#sendRecord(name, record, member, session()),
    });
    return {
      error: stream('error', ''),
      warning: stream('warning', 'Message'),
      verbose: stream('verbose', 'Message'),
      debug: stream('debug', 'Message'),
      information: stream('information', 'MessageData'),
      progress: stream('progress', 'Activity'),
    };
  }

  #sendRecord(stream: StreamName, record: Value, member: string, session: Session): void {
    let value: Wire;
    let text: string;
    if (record instanceof ErrorRecord) {
      value = errorWire(record);
      text = shownMessage(record);
    } else {
      const inside = getMember(record, member, session);
      value = toWire(inside, session);
      text = toText(inside, session);
    }
    const tags = stream === 'information' ? tagsOf(record, session) : [];
    session.budget.emit(this.#pipe.send({ type: 'stream', stream, text, value, tags }));
  }
}

/** Syntax errors of a text that is to run in the mapping profile are told by the run itself. Throws {@link Refusal}. */
function checkCode(source: Source): void {
  const { ast, errors } = parse(source);
  const refusals = errors.length > 0 ? [] : checkBlock(source, ast);
  if (refusals.length > 0) throw new Refusal({ reason: 'refused', errors: refusals, file: source.file ?? null });
}

function parseFailure({ errors }: ParseFailure, source: Source): Failure {
  return {
    reason: 'parse',
    errors: errors.map(({ id, message, start }) => ({ id, message, ...placeOf(source, start) })),
    file: source.file ?? null,
  };
}

function failureOf(error: unknown): Failure {
  if (error instanceof Refusal) return error.failure;
  if (error instanceof Thrown) return { reason: 'script', error: errorWire(error.record) };
  if (error instanceof BudgetExceeded) return { reason: error.reason, message: error.message };
  // V8's own words: a script or a text nested deeper than the stack holds.
  if (error instanceof RangeError && error.message === 'Maximum call stack size exceeded') {
    return { reason: 'script', error: errorWire(callDepthOverflow().record) };
  }
  // V8's own words where a text, an array or a buffer passes what it can hold.
  if (
    error instanceof RangeError &&
    /^(Invalid (string|array) length|Array buffer allocation failed)/.test(error.message)
  ) {
    return { reason: 'memory', message: 'It was about to make a value larger than the engine can hold.' };
  }
  if (error instanceof Error) return { reason: 'fault', message: error.message, stack: error.stack ?? '' };
  return { reason: 'fault', message: String(error), stack: '' };
}

function tagsOf(record: Value, session: Session): readonly string[] {
  const tags = getMember(record, 'Tags', session);
  const wire = toWire(tags, session);
  return isForm(wire) ? wire.slice(1).filter((tag) => typeof tag === 'string') : [];
}
