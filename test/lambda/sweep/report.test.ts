import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { BlackBox } from '../black-box';
import { answerTests, haveConnections, named, REFUSED, UNREACHABLE } from './glue';
import { execute } from './machine';

jest.setTimeout(30_000);

interface Put {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

let server: Server;
let puts: Put[];
/** What S3 answers, one after the other; after that it accepts everything. */
let refusals: [number, string][];
let blackBox: BlackBox;
beforeAll(async () => {
  server = createServer((request, response) => {
    void text(request).then((body) => {
      puts.push({ path: request.url ?? '', headers: request.headers, body });
      const [status, answer] = refusals.shift() ?? [200, ''];
      response.writeHead(status).end(answer);
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  blackBox = await BlackBox.start({ environment: { AWS_ENDPOINT_URL_S3: `http://127.0.0.1:${port}` } });
});
beforeEach(() => {
  puts = [];
  refusals = [];
  blackBox.aws.forget();
  haveConnections(blackBox.aws, named('a', 'b', 'late'));
  answerTests(blackBox.aws, (name) => (name === 'b' ? REFUSED : undefined));
});
afterAll(async () => {
  await blackBox.stop();
  server.closeAllConnections();
  server.close();
});

const Report = { Bucket: 'reports', Domain: 'reports.s3.eu-west-1.amazonaws.com', Prefix: 'sweeps of (all)/' };
const linesOf = ({ body }: Put) =>
  body
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line) as object);

test('each result is a line of JSON, in an object for each page', async () => {
  await execute(blackBox, { fold: { Report } });

  expect(puts.map(({ path }) => path)).toEqual(['/reports/sweeps%20of%20%28all%29/one/page-0001.jsonl']);
  expect(puts.flatMap(linesOf)).toMatchObject([
    { name: 'a', type: 'JDBC', outcome: 'PASSED', attempts: 1 },
    {
      ...{ name: 'b', type: 'JDBC', outcome: 'FAILED', category: 'CREDENTIALS', attempts: 1 },
      message: 'FATAL: password authentication failed for user "orders"',
    },
    { name: 'late', outcome: 'PASSED' },
  ]);
  const headers: IncomingHttpHeaders = puts[0]?.headers ?? {};
  expect(headers).toMatchObject({
    'content-type': 'application/x-ndjson',
    'x-amz-security-token': 'TOKEN-OF-THE-FUNCTION',
  });
  expect(headers.authorization).toMatch(
    /^AWS4-HMAC-SHA256 Credential=ASIAEXAMPLE\/\d{8}\/eu-west-1\/s3\/aws4_request, SignedHeaders=[\w;-]*host[\w;-]*, Signature=[0-9a-f]{64}$/,
  );
  expect(headers['x-amz-content-sha256']).toMatch(/^[0-9a-f]{64}$/);
});

test('a result that is not final yet is in the object of a later page', async () => {
  let isUp = false;
  answerTests(blackBox.aws, (name) => (name === 'late' && !isUp ? UNREACHABLE : undefined));

  await execute(blackBox, {
    fold: { Report, PatienceSeconds: 600 },
    waits: false,
    afterRound: () => {
      isUp = true;
    },
  });

  expect(puts.map(linesOf)).toMatchObject([[{ name: 'a' }, { name: 'b' }], [{ name: 'late', outcome: 'PASSED' }]]);
});

test('a fault of S3 that passes is tried again, with the same key', async () => {
  refusals = [
    [503, 'SlowDown'],
    [500, 'InternalError'],
  ];

  await execute(blackBox, { fold: { Report } });

  expect(new Set(puts.map(({ path }) => path)).size).toBe(1);
  expect(puts).toHaveLength(3);
});

test('fails when S3 refuses it, and says what S3 said', async () => {
  refusals = [[403, '<Error><Code>AccessDenied</Code></Error>']];

  await expect(execute(blackBox, { fold: { Report } })).rejects.toThrow(
    'ReportNotWritten: s3://reports/sweeps of (all)/one/page-0001.jsonl could not be written: ' +
      'HTTP 403 <Error><Code>AccessDenied</Code></Error>',
  );
  expect(puts).toHaveLength(1);
});
