import { request } from 'node:https';
import type { Host } from '@joinery/host';

/** What `/metrics` of a host answers over a real connection. */
export function readMetrics(
  host: Host,
  headers: Record<string, string> = {},
  method = 'GET',
): Promise<{ readonly status: number; readonly type: string; readonly text: string }> {
  return new Promise((resolve, reject) => {
    const sent = request(`${host.url}/metrics`, { ca: host.certificate, headers, method, agent: false }, (answer) => {
      let text = '';
      answer.setEncoding('utf8').on('data', (part: string) => {
        text += part;
      });
      answer.on('end', () =>
        resolve({ status: answer.statusCode ?? 0, type: String(answer.headers['content-type']), text }),
      );
    });
    sent.on('error', reject).end();
  });
}

/** The value of one line of the metrics, by its name and labels as they are printed. */
export function metric(text: string, line: string): number | undefined {
  const found = text.split('\n').find((each) => each.startsWith(`${line} `));
  return found === undefined ? undefined : Number(found.slice(line.length + 1));
}
