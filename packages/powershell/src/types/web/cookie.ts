import { Instance } from '../../values/instance.ts';
import { namedType } from '../intrinsic.ts';
import type { NetType } from '../net-type.ts';

/** `System.Net.Cookie`. */
export class Cookie extends Instance {
  name: string;
  value: string;
  path: string;
  /** Without a dot at its head where it is for one host only. */
  domain: string;
  /** Milliseconds since 1970; `undefined` for one that lasts as long as its session. */
  expires: number | undefined;
  isSecure = false;
  isHttpOnly = false;

  constructor(name: string, value: string, path = '', domain = '') {
    super();
    this.name = name;
    this.value = value;
    this.path = path;
    this.domain = domain.toLowerCase();
  }
  get type(): NetType {
    return namedType('System.Net.Cookie');
  }
  get text(): string {
    return `${this.name}=${this.value}`;
  }
  isExpired(now: number): boolean {
    return this.expires !== undefined && this.expires <= now;
  }

  /** Whether it goes out to a host, a path and a scheme (RFC 6265 5.4). */
  fits({ hostname, pathname, protocol }: URL): boolean {
    if (this.isSecure && protocol !== 'https:') return false;
    const host = hostname.toLowerCase();
    const isDomain = this.domain.startsWith('.')
      ? host === this.domain.slice(1) || host.endsWith(this.domain)
      : host === this.domain;
    return isDomain && isBelow(pathname, this.path);
  }
}

function isBelow(path: string, folder: string): boolean {
  if (folder === '' || folder === '/' || path === folder) return true;
  return path.startsWith(folder.endsWith('/') ? folder : `${folder}/`);
}

/** As many as .NET keeps: an answer cannot fill the memory with them. */
const mostCookies = 300;
const mostOfDomain = 20;
const longestCookie = 4096;

/** `System.Net.CookieContainer`: the cookies of a session. */
export class CookieContainer extends Instance {
  #cookies: Cookie[] = [];
  get type(): NetType {
    return namedType('System.Net.CookieContainer');
  }
  get cookies(): readonly Cookie[] {
    return this.#cookies;
  }

  /** Puts a cookie in place of the one of the same name, domain and path; one that is over takes it out. */
  add(cookie: Cookie, now: number): void {
    this.#cookies = this.#cookies.filter(
      (one) =>
        !one.isExpired(now) &&
        !(
          one.name.toLowerCase() === cookie.name.toLowerCase() &&
          one.domain === cookie.domain &&
          one.path === cookie.path
        ),
    );
    if (cookie.isExpired(now) || cookie.text.length > longestCookie) return;
    const sameDomain = this.#cookies.filter((one) => one.domain === cookie.domain);
    const oldest = sameDomain.length >= mostOfDomain ? sameDomain[0] : this.#cookies[0];
    if (sameDomain.length >= mostOfDomain || this.#cookies.length >= mostCookies) {
      this.#cookies = this.#cookies.filter((one) => one !== oldest);
    }
    this.#cookies.push(cookie);
  }

  /** Takes what an answer sets; what it may not set for that host is left out. */
  take(url: URL, line: string, now: number): void {
    const cookie = readSetCookie(url, line, now);
    if (cookie !== undefined) this.add(cookie, now);
  }

  /** The cookies that go out with a request, the ones of longer paths first. */
  forUrl(url: URL, now: number): readonly Cookie[] {
    return this.#cookies
      .filter((cookie) => !cookie.isExpired(now) && cookie.fits(url))
      .sort((left, right) => right.path.length - left.path.length);
  }
}

/** A line of `Set-Cookie` (RFC 6265 5.2); `undefined` for what is none, or is for a domain that the host is not in. */
function readSetCookie(url: URL, line: string, now: number): Cookie | undefined {
  const [pair = '', ...attributes] = line.split(';').map((part) => part.trim());
  const equals = pair.indexOf('=');
  if (equals < 1) return undefined;
  const host = url.hostname.toLowerCase();
  const folder = url.pathname.slice(0, url.pathname.lastIndexOf('/')) || '/';
  const cookie = new Cookie(pair.slice(0, equals).trim(), pair.slice(equals + 1).trim(), folder, host);
  let age: number | undefined;
  for (const attribute of attributes) {
    const [, name = '', value = ''] = /^([^=]*)=?(.*)$/s.exec(attribute) ?? [];
    switch (name.trim().toLowerCase()) {
      case 'path':
        if (value.startsWith('/')) cookie.path = value;
        break;
      case 'domain': {
        const domain = value.trim().toLowerCase().replace(/^\./, '');
        if (domain === '' || domain === host) break;
        // A name without a dot inside would be half of the net.
        if (!host.endsWith(`.${domain}`) || !domain.includes('.')) return undefined;
        cookie.domain = `.${domain}`;
        break;
      }
      case 'max-age':
        age = /^-?\d+$/.test(value.trim()) ? Number(value) : undefined;
        break;
      case 'expires': {
        const moment = Date.parse(value);
        if (!Number.isNaN(moment)) cookie.expires = moment;
        break;
      }
      case 'secure':
        cookie.isSecure = true;
        break;
      case 'httponly':
        cookie.isHttpOnly = true;
    }
  }
  if (age !== undefined) cookie.expires = age <= 0 ? 0 : now + age * 1000;
  return cookie;
}
