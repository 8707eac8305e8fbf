import { baseOf, typeOf } from '../conversion/base.ts';
import { NetArray } from '../values/array.ts';
import { PSReference } from '../values/ps-reference.ts';
import type { Value } from '../values/value.ts';
import { type ArgumentType, conversionRank, Rank } from './conversion-rank.ts';
import { arrayOf, netTypes } from './intrinsic.ts';
import type { NetType, ParameterInfo } from './net-type.ts';
import { inferTypeArguments } from './type-inference.ts';
import type { Method } from './type-info.ts';
import { substitute } from './type-lookup.ts';

/** The overload that a call means. */
export interface Choice {
  readonly method: Method;
  /** True where the arguments from the last parameter on make up its array. */
  readonly isExpanded: boolean;
  readonly typeArguments: readonly NetType[];
}

export type NoChoice = 'none' | 'ambiguous';

interface Candidate {
  readonly choice: Choice;
  readonly ranks: readonly number[];
  /** The type each argument goes into. */
  readonly types: readonly NetType[];
}

const noTypes: readonly NetType[] = [];

/**
 * Chooses among overloads as PowerShell does: each argument ranks each parameter, and the arguments further left weigh
 * more; on a tie the most specific parameter types win where no digit is lost, else the widest.
 * @param typeArguments what `.Method[type](…)` gave
 */
export function chooseOverload(
  methods: readonly Method[],
  args: readonly Value[],
  typeArguments: readonly NetType[] = noTypes,
): Choice | NoChoice {
  const [only] = methods;
  if (
    methods.length === 1 &&
    only !== undefined &&
    !only.hasParamArray &&
    only.typeParameters.length === 0 &&
    only.parameters.length === args.length &&
    typeArguments.length === 0
  ) {
    return { method: only, isExpanded: false, typeArguments: noTypes };
  }
  const candidates: Candidate[] = [];
  for (const method of methods) {
    const closed = closeMethod(method, args, typeArguments);
    if (closed === undefined) continue;
    const candidate = rankArguments(closed.method, args, closed.typeArguments);
    if (candidate !== undefined) candidates.push(candidate);
  }
  if (candidates.length === 0) return 'none';
  return best(candidates, args) ?? 'ambiguous';
}

function closeMethod(
  method: Method,
  args: readonly Value[],
  given: readonly NetType[],
): { method: Method; typeArguments: readonly NetType[] } | undefined {
  const { typeParameters } = method;
  if (typeParameters.length === 0) return given.length > 0 ? undefined : { method, typeArguments: noTypes };
  const typeArguments = given.length > 0 ? given : inferTypeArguments(method, args.map(effectiveType));
  if (typeArguments === undefined || typeArguments.length !== typeParameters.length) return undefined;
  const replacements = new Map<NetType, NetType>();
  for (const [index, parameter] of typeParameters.entries()) {
    const argument = typeArguments[index];
    if (argument !== undefined) replacements.set(parameter, argument);
  }
  const parameters = method.parameters.map((one) => ({ ...one, type: substitute(one.type, replacements) }));
  return {
    method: { ...method, parameters, returnType: substitute(method.returnType, replacements), typeParameters: [] },
    typeArguments,
  };
}

function rankArguments(
  method: Method,
  args: readonly Value[],
  typeArguments: readonly NetType[],
): Candidate | undefined {
  const { parameters, hasParamArray } = method;
  if (args.length > parameters.length && !hasParamArray) return undefined;
  if (args.length < method.required) return undefined;
  if (args.length < parameters.length && !hasEnough(method, args.length)) return undefined;
  const ranks: number[] = [];
  const types: NetType[] = [];
  const fixed = hasParamArray ? parameters.length - 1 : parameters.length;
  for (let at = 0; at < args.length && at < fixed; at++) {
    const parameter = parameters[at];
    if (parameter === undefined) return undefined;
    const rank = argumentRank(args[at], parameter);
    if (rank === Rank.none) return undefined;
    ranks.push(rank);
    types.push(parameter.type);
  }
  let isExpanded = false;
  const last = hasParamArray ? parameters[fixed] : undefined;
  const element = last?.type.element;
  if (last !== undefined && element !== undefined) {
    if (args.length === parameters.length) {
      const whole = conversionRank(argumentType(args[fixed]), last.type);
      const single = conversionRank(argumentType(args[fixed]), element);
      isExpanded = single > whole;
      const rank = isExpanded ? single : whole;
      if (rank === Rank.none) return undefined;
      ranks.push(rank);
      types.push(isExpanded ? element : last.type);
    } else {
      isExpanded = true;
      for (const argument of args.slice(fixed)) {
        const rank = conversionRank(argumentType(argument), element);
        if (rank === Rank.none) return undefined;
        ranks.push(rank);
        types.push(element);
      }
    }
  }
  return { choice: { method, isExpanded, typeArguments }, ranks, types };
}

function hasEnough({ parameters, hasParamArray }: Method, count: number): boolean {
  const optional = parameters.filter((one) => one.isOptional).length;
  if (optional === 0) return hasParamArray && count + 1 === parameters.length;
  return count + optional >= parameters.length;
}

function argumentRank(argument: Value, { type, isReference }: ParameterInfo): number {
  if (!isReference) return conversionRank(argumentType(argument), type);
  const base = baseOf(argument);
  if (!(base instanceof PSReference)) return conversionRank(argumentType(argument), type);
  const given = argumentType(base.value);
  const rank = conversionRank(given, type);
  // What the variable behind a reference holds need not convert to be replaced, but null must: `[ref]$null` is no date.
  return rank === Rank.none && given !== null ? Rank.custom : rank;
}

function argumentType(argument: Value): ArgumentType {
  const base = baseOf(argument);
  return base === null || base === undefined ? null : typeOf(base);
}

/** As the type of an argument, but `object[]` whose items are all of one type counts as an array of that type. */
function effectiveType(argument: Value): ArgumentType {
  const base = baseOf(argument);
  if (base instanceof PSReference) return argumentType(base.value);
  if (!(base instanceof NetArray) || base.element !== netTypes.object) return argumentType(base);
  const first = argumentType(base.items[0]);
  if (first === null || !base.items.every((item) => argumentType(item) === first)) return base.type;
  return arrayOf(first);
}

function best(candidates: readonly Candidate[], args: readonly Value[]): Choice | undefined {
  let leader: Candidate | undefined;
  let isTied = false;
  for (const candidate of candidates) {
    if (leader === undefined) {
      leader = candidate;
      continue;
    }
    const order = compare(leader, candidate, args);
    if (order === 0) isTied = true;
    else if (order < 0) {
      leader = candidate;
      isTied = false;
    }
  }
  return isTied ? undefined : leader?.choice;
}

/** Positive where the first is better. */
function compare(a: Candidate, b: Candidate, args: readonly Value[]): number {
  return compareRanks(a, b, args) || compareTypes(a, b) || compareForms(a, b);
}

function compareRanks(a: Candidate, b: Candidate, args: readonly Value[]): number {
  let better = 0;
  let weight = a.ranks.length;
  for (let at = 0; at < a.ranks.length; at++, weight--) {
    let rankA = a.ranks[at] ?? 0;
    let rankB = b.ranks[at] ?? 0;
    if (rankA === rankB && rankA === Rank.unrelatedArrays) {
      const item = effectiveType(args[at])?.element ?? null;
      rankA = conversionRank(item, a.types[at]?.element ?? netTypes.object);
      rankB = conversionRank(item, b.types[at]?.element ?? netTypes.object);
    }
    if (rankA !== rankB) better += rankA > rankB ? weight : -weight;
  }
  return better;
}

/**
 * Compares the parameter types themselves. Where arguments convert without loss the more specific type is better, else the
 * more general one. The weight changes sign along the way with each lossless argument: a rule of PowerShell's to be kept.
 */
function compareTypes(a: Candidate, b: Candidate): number {
  let better = 0;
  let weight = a.ranks.length;
  for (let at = 0; at < a.ranks.length; at++, weight = Math.abs(weight) - 1) {
    const rankA = a.ranks[at] ?? 0;
    const rankB = b.ranks[at] ?? 0;
    if (rankA < Rank.nullToValue || rankB < Rank.nullToValue) continue;
    if (rankA >= Rank.numericImplicit !== rankB >= Rank.numericImplicit) continue;
    if (rankA >= Rank.numericImplicit) weight = -weight;
    const [typeA, typeB] = [a.types[at], b.types[at]];
    if (typeA === undefined || typeB === undefined) continue;
    const toB = conversionRank(typeA, typeB);
    const toA = conversionRank(typeB, typeA);
    if (toB !== toA) better += toB < toA ? weight : -weight;
  }
  return better;
}

function compareForms(a: Candidate, b: Candidate): number {
  if (a.types.some((type, at) => type !== b.types[at])) return 0;
  const [methodA, methodB] = [a.choice.method, b.choice.method];
  if (a.choice.isExpanded && b.choice.isExpanded) return methodA.parameters.length > methodB.parameters.length ? 1 : -1;
  if (a.choice.isExpanded) return -1;
  if (b.choice.isExpanded) return 1;
  const generic = b.choice.typeArguments.length - a.choice.typeArguments.length;
  return generic || methodB.parameters.length - methodA.parameters.length;
}
