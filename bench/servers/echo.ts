/* The limit of the machine: fastify over HTTPS that reads a body as JSON and answers a constant of the same size. <file with the answers> */
import { readFile } from 'node:fs/promises';
import Fastify from 'fastify';
import { announce, benchCertificate } from './announce.ts';

/** Answers by what is asked for. */
const answers: Readonly<Record<string, string>> = JSON.parse(await readFile(process.argv[2] ?? '', 'utf8'));
const app = Fastify({ https: await benchCertificate() });
app.get('/*', (request, reply) => {
  const { url } = request;
  const kind = url.includes('filter=') ? 'filter' : url.includes('startIndex=') ? 'list' : 'get';
  reply.type('application/scim+json').send(answers[kind]);
});
for (const method of ['POST', 'PATCH'] as const) {
  app.route({
    method,
    url: '/*',
    handler: (_, reply) => {
      reply
        .code(method === 'POST' ? 201 : 200)
        .type('application/scim+json')
        .send(answers.get);
    },
  });
}
app.addContentTypeParser('application/scim+json', { parseAs: 'string' }, app.getDefaultJsonParser('error', 'error'));
await announce(app, 'none');
