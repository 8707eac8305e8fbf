/* The limit of the machine: fastify over HTTPS answering a constant. */
import Fastify from 'fastify';
import { announce, benchCertificate } from './announce.ts';

const app = Fastify({ https: await benchCertificate() });
app.get('/*', (_, reply) => {
  reply.type('application/json').send('{"hello":"world"}');
});
await announce(app, 'none');
