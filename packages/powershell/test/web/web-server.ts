import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createTlsServer, type ServerOptions } from 'node:https';
import { createServer as createTcpServer, type Socket } from 'node:net';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';

/** A server that a test asked for. @property base its origin, without a slash at the end */
export interface TestServer {
  readonly base: string;
  readonly port: number;
  /** Connections that are open now. */
  readonly connections: () => number;
  close(): Promise<void>;
}

/** What a request looked like, as `/echo` tells it: names of headers in lower case, sorted. */
interface Echo {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** @param visit how often the address was asked for, this time included */
type Handler = (request: IncomingMessage, response: ServerResponse, url: URL, visit: number) => void | Promise<void>;

/** Headers that differ from client to client and from run to run, whoever is right. */
function isUnstable(name: string, value: string): boolean {
  if (name === 'user-agent') return value.startsWith('Mozilla');
  if (name === 'host') return value.startsWith('127.0.0.1');
  if (name === 'content-length') return value === '0';
  return name === 'connection';
}

/**
 * Starts a server on loopback that answers the paths of {@link routes}.
 * @param tls for HTTPS
 */
export async function startWebServer(tls?: ServerOptions): Promise<TestServer> {
  const visits = new Map<string, number>();
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const url = new URL(request.url ?? '/', 'http://server');
    const [, first = ''] = url.pathname.split('/');
    const visited = (visits.get(url.href) ?? 0) + 1;
    visits.set(url.href, visited);
    response.sendDate = false;
    const handler = routes[first] ?? notFound;
    await handler(request, response, url, visited);
  };
  const server = tls === undefined ? createServer() : createTlsServer(tls);
  server.on('request', (request: IncomingMessage, response: ServerResponse) => void answer(request, response));
  return await started(server, tls === undefined ? 'http' : 'https');
}

/** Starts a server that speaks what `talk` writes, HTTP or not. */
export async function startRawServer(talk: (socket: Socket) => void): Promise<TestServer> {
  const server = createTcpServer((socket) => {
    socket.on('error', () => {});
    talk(socket);
  });
  return await started(server, 'http');
}

async function started(server: ReturnType<typeof createTcpServer>, scheme: string): Promise<TestServer> {
  const open = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    open.add(socket);
    socket.once('close', () => open.delete(socket));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const port = Number(Object(server.address()).port);
  return {
    base: `${scheme}://127.0.0.1:${port}`,
    port,
    connections: () => open.size,
    async close() {
      for (const socket of open) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

async function echoOf(request: IncomingMessage): Promise<Echo> {
  const pieces: Buffer[] = [];
  for await (const piece of request) pieces.push(piece);
  const headers: Record<string, string> = {};
  for (let at = 0; at + 1 < request.rawHeaders.length; at += 2) {
    const name = (request.rawHeaders[at] ?? '').toLowerCase();
    const value = request.rawHeaders[at + 1] ?? '';
    if (isUnstable(name, value)) continue;
    headers[name] = headers[name] === undefined ? value : `${headers[name]}, ${value}`;
  }
  const body = Buffer.concat(pieces).toString('latin1');
  const sorted = Object.fromEntries(Object.entries(headers).sort(([left], [right]) => (left < right ? -1 : 1)));
  return { method: request.method ?? '', url: request.url ?? '', headers: sorted, body };
}

const notFound: Handler = (_, response) => void response.writeHead(404).end('nothing here');

function send(type: string, body: string | Buffer, status = 200): Handler {
  return (_, response) => void response.writeHead(status, { 'content-type': type }).end(body);
}

const page = `<!DOCTYPE html><html><head><title>T</title></head><body>
<a href="/one" class='c' id=first data-x>One</a> <A HREF='two?a=1&amp;b=2'><b>Two</b></A>
<img src="a.png" alt="An image"><IMG src=b.png />
<form action="/go" method="post"><input type="text" name="user" value="u1"><input type=hidden name='token' value="t > 1"/></form>
</body></html>`;

const rss = `<?xml version="1.0"?><rss version="2.0"><channel><title>News</title>
<item><title>First</title><link>http://x/1</link></item><item><title>Second</title><link>http://x/2</link></item></channel></rss>`;

/** The paths that the server knows, by their first part. */
export const routes: Readonly<Record<string, Handler>> = {
  async echo(request, response) {
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(await echoOf(request)));
  },
  json: send(
    'application/json',
    '{"name":"Ärger","list":[1,2.5,null],"when":"2024-05-06T07:08:09Z","nested":{"a":true}}',
  ),
  array: send('application/json; charset=utf-8', '[{"id":1},{"id":2}]'),
  scalar: send('application/json', '42'),
  null: send('application/json', 'null'),
  broken: send('application/json', '{"name": '),
  untyped: (_, response) => void response.writeHead(200).end('{"untyped":true}'),
  text: send('text/plain', 'plain äöü'),
  latin1: send('text/plain; charset=iso-8859-1', Buffer.from('caf\u00e9', 'latin1')),
  utf16: send('text/plain; charset=utf-16', Buffer.from('wide é', 'utf16le')),
  charsetless: send('text/plain; charset=nonsense', Buffer.from('caf\u00e9')),
  meta: send('text/html', Buffer.from('<html><head><meta charset="iso-8859-1"></head>caf\u00e9</html>', 'latin1')),
  invalid: send(
    'application/json',
    Buffer.concat([Buffer.from('{"a":"'), Buffer.from([0xff, 0xfe]), Buffer.from('"}')]),
  ),
  xml: send('application/xml', '<?xml version="1.0"?><root a="1"><item>x</item><item>y</item></root>'),
  latinxml: send(
    'application/xml',
    Buffer.from('<?xml version="1.0" encoding="iso-8859-1"?><r>caf\u00e9</r>', 'latin1'),
  ),
  rss: send('application/rss+xml', rss),
  html: send('text/html; charset=utf-8', page),
  bytes: send('application/octet-stream', Buffer.from([0, 1, 2, 65, 66, 255])),
  empty: (_, response) => void response.writeHead(204).end(),
  none: send('application/json', ''),
  headers: (_, response) =>
    void response
      .writeHead(200, [
        ...['Content-Type', 'text/plain', 'X-Two', 'a', 'X-Two', 'b', 'x-lower', 'c', 'ETag', '"e"'],
        ...['Set-Cookie', 'p=1', 'Set-Cookie', 'q=2', 'Cache-Control', 'no-store, max-age=0', 'Content-Language', 'de'],
      ])
      .end('h'),
  status(_, response, { pathname, searchParams }) {
    const [, , status = '200', reason] = pathname.split('/');
    const type = searchParams.get('type') ?? 'text/plain';
    const head = { 'content-type': type };
    const body = searchParams.get('body') ?? '';
    if (reason === undefined) response.writeHead(Number(status), head).end(body);
    else response.writeHead(Number(status), decodeURIComponent(reason), head).end(body);
  },
  redirect(request, response, { searchParams }) {
    request.resume();
    const location = searchParams.get('to') ?? '/echo';
    response.writeHead(Number(searchParams.get('status') ?? 302), { location }).end('moved');
  },
  loop: (_, response) => void response.writeHead(302, { location: '/loop' }).end(),
  chain(_, response, { pathname }) {
    const left = Number(pathname.split('/')[2] ?? 0);
    if (left === 0) response.end('arrived');
    else response.writeHead(302, { location: `/chain/${left - 1}` }).end();
  },
  nowhere: (_, response) => void response.writeHead(302).end('no location'),
  cookies(_, response, { searchParams }) {
    response.setHeader('set-cookie', searchParams.getAll('set'));
    response.end('set');
  },
  cookieredirect: (_, response) =>
    void response.writeHead(302, { 'set-cookie': 'hop=1; path=/', location: '/echo' }).end(),
  retry(_, response, { searchParams }, visit) {
    const until = Number(searchParams.get('until') ?? 2);
    const after = searchParams.get('after');
    if (visit >= until) response.end(`visit ${visit}`);
    else {
      if (after !== null) response.setHeader('retry-after', after);
      response.writeHead(Number(searchParams.get('status') ?? 503)).end('later');
    }
  },
  links(_, response, { pathname }) {
    const number = Number(pathname.split('/')[2] ?? 1);
    const more = number < 3 ? [`</links/${number + 1}>; rel="next"`] : [];
    response.setHeader('link', [[...more, '</links/1>; rel="first"'].join(', ')]);
    response.writeHead(200, { 'content-type': 'application/json' }).end(`{"page":${number}}`);
  },
  range(request, response) {
    const all = Buffer.from('0123456789');
    const [, from] = /^bytes=(\d+)-$/.exec(request.headers.range ?? '') ?? [];
    if (from === undefined) response.end(all);
    else if (Number(from) >= all.length) {
      response.writeHead(416, { 'content-range': `bytes */${all.length}` }).end();
    } else {
      const range = `bytes ${from}-${all.length - 1}/${all.length}`;
      response.writeHead(206, { 'content-range': range }).end(all.subarray(Number(from)));
    }
  },
  gzip: (_, response) =>
    void response.writeHead(200, { 'content-encoding': 'gzip', 'content-type': 'text/plain' }).end(gzipSync('zipped')),
  deflate: (_, response) =>
    void response
      .writeHead(200, { 'content-encoding': 'deflate', 'content-type': 'text/plain' })
      .end(deflateSync('deflated')),
  br: (_, response) =>
    void response
      .writeHead(200, { 'content-encoding': 'br', 'content-type': 'text/plain' })
      .end(brotliCompressSync('brotli')),
  notgzip: (_, response) =>
    void response.writeHead(200, { 'content-encoding': 'gzip', 'content-type': 'text/plain' }).end('this is no gzip'),
  guarded(request, response) {
    if (request.headers.authorization === undefined) {
      response.writeHead(401, { 'www-authenticate': 'Basic realm="r"' }).end('who are you?');
    } else response.end(request.headers.authorization);
  },
};
