import type { Json } from './conversation.ts';
import { isList, isObject } from './words.ts';

/**
 * Where an answer differs from what is expected of it, one sentence each.
 * Objects may hold more than is expected; lists hold exactly as many elements, in their order, unless the expectation is
 * `{"some": […]}`: then each of these has to match some element. `{{any}}` matches whatever is there.
 */
export function differences(actual: Json | undefined, expected: Json, place = 'body'): readonly string[] {
  if (expected === '{{any}}') return actual === undefined || actual === null ? [`${place} is missing`] : [];
  if (isList(expected)) {
    if (!isList(actual)) return [`${place} is ${shown(actual)}, not a list`];
    if (actual.length !== expected.length) {
      return [`${place} has ${actual.length} elements, not ${expected.length}: ${shown(actual)}`];
    }
    return expected.flatMap((each, index) => differences(actual[index], each, `${place}.${index}`));
  }
  if (!isObject(expected)) {
    return actual === expected ? [] : [`${place} is ${shown(actual)}, not ${shown(expected)}`];
  }
  const { some } = expected;
  if (some !== undefined && Object.keys(expected).length === 1) {
    if (!isList(actual) || !isList(some)) return [`${place} is ${shown(actual)}, not a list`];
    return some
      .filter((each) => !actual.some((element) => differences(element, each).length === 0))
      .map((each) => `${place} holds nothing like ${shown(each)}: ${shown(actual)}`);
  }
  if (!isObject(actual)) return [`${place} is ${shown(actual)}, not an object`];
  return Object.entries(expected).flatMap(([name, each]) =>
    differences(Object.hasOwn(actual, name) ? actual[name] : undefined, each, `${place}.${name}`),
  );
}

/** The value at a path such as `Resources.0.members`; a name in the path may be quoted, for URNs: `"urn:…:2.0:User".manager`. */
export function valueAt(body: Json | undefined, path: string): Json | undefined {
  const steps = [...path.matchAll(/"([^"]*)"|([^."]+)/g)].map(([, quoted, bare]) => quoted ?? bare ?? '');
  let value = body;
  for (const step of steps) {
    if (isList(value)) value = value[Number(step)];
    else if (isObject(value) && Object.hasOwn(value, step)) value = value[step];
    else return undefined;
  }
  return value;
}

function shown(value: Json | undefined): string {
  return (JSON.stringify(value) ?? 'absent').slice(0, 400);
}
