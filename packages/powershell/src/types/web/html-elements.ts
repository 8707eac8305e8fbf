/*
 * Elements of a page as Invoke-WebRequest finds them: by their signs, not by the rules of HTML. PowerShell searches with
 * regular expressions; these scanners find the same in time that grows with the page, whatever the page is.
 */

/** The text of an element and its attributes, in order; the value of one that has none is `undefined`. */
export interface HtmlElement {
  readonly html: string;
  readonly attributes: readonly (readonly [name: string, value: string | undefined])[];
}

const space = /\s/;

/** `<a …/>` or `<a …>…</a>`, across what stands between. */
export function linkElements(page: string): Generator<HtmlElement, void> {
  return elements(page, '<a', 'closed', '</a>');
}

/** `<img …>`. */
export function imageElements(page: string): Generator<HtmlElement, void> {
  return elements(page, '<img', 'open');
}

/** `<input …>`. */
export function inputElements(page: string): Generator<HtmlElement, void> {
  return elements(page, '<input', 'open');
}

function* elements(page: string, start: string, form: 'open' | 'closed', end = ''): Generator<HtmlElement, void> {
  const folded = foldAscii(page);
  // Once there is no end behind a place, there is none behind a later one.
  let hasEnd = true;
  let hasClose = true;
  for (let at = folded.indexOf(start); at !== -1; at = folded.indexOf(start, at)) {
    const inside = at + start.length;
    const isElement = space.test(page[inside] ?? '');
    const close: number = isElement && hasClose ? page.indexOf('>', inside) : -1;
    if (isElement) hasClose = close !== -1;
    let stop = close === -1 ? -1 : close + 1;
    if (form === 'closed' && stop !== -1 && page[close - 1] !== '/') {
      const found: number = hasEnd ? folded.indexOf(end, stop) : -1;
      hasEnd = found !== -1;
      stop = found === -1 ? -1 : found + end.length;
    }
    if (stop === -1) {
      at = inside;
      continue;
    }
    const html = page.slice(at, stop);
    yield { html, attributes: [...attributesOf(html)] };
    at = stop;
  }
}

/** In lower case as far as ASCII goes: every letter keeps its place. */
function foldAscii(text: string): string {
  return text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}

const tag = /<\w+/y;
const attribute = /\s+([^"'>/=\s\p{Cc}]+)/uy;
const value = /\s*=\s*(?:"([^"]*)"|'([^']*)'|([^'">\s]+))/y;
const tagEnd = /\s*\/?>/y;

/** The attributes of the tag that begins a text; none where the tag does not come to its end by their rules. */
function* attributesOf(html: string): Generator<readonly [string, string | undefined], void> {
  const found: [string, string | undefined][] = [];
  tag.lastIndex = 0;
  if (!tag.test(html)) return;
  let at = tag.lastIndex;
  for (;;) {
    attribute.lastIndex = at;
    const name = attribute.exec(html)?.[1];
    if (name === undefined) break;
    value.lastIndex = attribute.lastIndex;
    const given = value.exec(html);
    at = given === null ? attribute.lastIndex : value.lastIndex;
    found.push([name, given === null ? undefined : (given[1] ?? given[2] ?? given[3])]);
  }
  tagEnd.lastIndex = at;
  if (tagEnd.test(html)) yield* found;
}
