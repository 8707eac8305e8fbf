import { dictionaryOf, type GenericDictionary } from '../../types/collections/dictionary.ts';
import { netTypes } from '../../types/intrinsic.ts';
import type { HttpResponseMessage } from '../../types/web/http-messages.ts';
import { ignoreCaseComparer } from '../../values/key-comparer.ts';

/** The links of an answer by their relations (RFC 8288), the first of each: `rel` must stand first among the parameters. */
export function relationLinks({ headers, request }: HttpResponseMessage): GenericDictionary {
  const links = dictionaryOf(netTypes.string, netTypes.string, ignoreCaseComparer);
  for (const line of headers.get('Link') ?? []) {
    for (const [target, rel] of linksOf(line)) {
      const url = URL.parse(target, request.url);
      if (url !== null && links.item(rel) === undefined) links.set(rel, url.href);
    }
  }
  return links;
}

const parameter = />;\s*rel=(?:"([^"]*)"|([^,;]*))/y;

function* linksOf(line: string): Generator<readonly [target: string, rel: string], void> {
  let start = line.indexOf('<');
  for (let close = line.indexOf('>'); start !== -1 && close !== -1; close = line.indexOf('>', close + 1)) {
    parameter.lastIndex = close;
    const [all, quoted, plain] = parameter.exec(line) ?? [];
    const rel = quoted ?? plain ?? '';
    if (close > start && all !== undefined) {
      const target = line.slice(start + 1, close);
      if (target !== '' && rel !== '') yield [target, rel];
      start = line.indexOf('<', close + all.length);
    } else if (close > start) start = line.indexOf('<', close);
  }
}
