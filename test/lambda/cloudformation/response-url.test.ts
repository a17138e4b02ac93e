import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { BlackBox } from '../black-box';

/** Where an emulator takes answers, without TLS. */
let server: Server;
let puts: { readonly headers: IncomingMessage['headers']; readonly method?: string; readonly body: string }[];
beforeAll(async () => {
  server = createServer((request, response) => {
    void text(request).then((body) => {
      puts.push({ headers: request.headers, method: request.method, body });
      response.end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
beforeEach(() => {
  puts = [];
});
afterAll(() => {
  server.close();
});

const urlOf = (scheme: string) =>
  `${scheme}://127.0.0.1:${(server.address() as AddressInfo).port}/answer?X-Amz-Signature=SIGNATURE-OF-URL`;

/** A Delete, which calls nothing of AWS, of a function with this endpoint. */
async function answerTo(
  ResponseURL: unknown,
  environment: Readonly<Record<string, string | undefined>>,
  remainingMs?: number,
) {
  const blackBox = await BlackBox.start({ environment });
  try {
    return await blackBox.invoke({ requestType: 'Delete', event: { ResponseURL }, remainingMs });
  } finally {
    await blackBox.stop();
  }
}

test.each(['http://127.0.0.1:4566', 'HTTP://localhost.localstack.cloud:4566', 'http://[::1]'])(
  'a response URL of http is answered where AWS itself is played at %s',
  async (AWS_ENDPOINT_URL) => {
    const { error } = await answerTo(urlOf('http'), { AWS_ENDPOINT_URL });

    expect(error).toBeUndefined();
    expect(puts).toHaveLength(1);
    expect(puts[0]).toMatchObject({ method: 'PUT', headers: { 'content-type': '' } });
    expect(JSON.parse(puts[0]!.body)).toMatchObject({ Status: 'SUCCESS' });
  },
);

test.each([
  ['without an endpoint', {}],
  ['with an empty endpoint', { AWS_ENDPOINT_URL: '' }],
  ['with an endpoint that is no URL', { AWS_ENDPOINT_URL: '127.0.0.1:4566' }],
  ['with an endpoint of https', { AWS_ENDPOINT_URL: 'https://vpce-1.example.com' }],
  ['with endpoints of services alone', { AWS_ENDPOINT_URL_GLUE: 'http://127.0.0.1:4566' }],
])('a response URL of http is refused %s, and not logged', async (_, environment) => {
  const { error, log } = await answerTo(urlOf('http'), environment);

  expect(error).toBeUndefined();
  expect(puts).toEqual([]);
  expect(JSON.parse(log)).toMatchObject({ level: 'ERROR', message: "'ResponseURL' must be https, got: http:" });
  expect(log).not.toContain('SIGNATURE-OF-URL');
});

test.each([
  ['ftp', 'ftp://127.0.0.1/answer'],
  ['file', 'file:///tmp/answer'],
  ['data', 'data:text/plain,answer'],
])('a response URL of %s is refused everywhere', async (scheme, url) => {
  for (const AWS_ENDPOINT_URL of ['http://127.0.0.1:4566', undefined]) {
    const { error, log } = await answerTo(url, { AWS_ENDPOINT_URL });

    expect(error).toBeUndefined();
    expect(log).toContain(`'ResponseURL' must be https, got: ${scheme}:`);
  }
});

test.each([
  ['no URL', 'answer'],
  ['no text', 1],
  ['missing', undefined],
])('a response URL that is %s is refused everywhere', async (_, url) => {
  const { error, log } = await answerTo(url, { AWS_ENDPOINT_URL: 'http://127.0.0.1:4566' });

  expect(error).toBeUndefined();
  expect(log).toContain("'ResponseURL' must be a URL");
});

test('an answer over https still needs a certificate that is trusted, also beside an endpoint of http', async () => {
  const { error, entries } = await answerTo(urlOf('https'), { AWS_ENDPOINT_URL: 'http://127.0.0.1:4566' }, 2_000);

  expect(error).toContain('CloudFormation did not accept the response');
  expect(entries[0]).toMatchObject({ event: 'answer not accepted' });
  expect(puts).toEqual([]);
});
