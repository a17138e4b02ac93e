import { put } from '../../../lambda/sweep/s3';

const fetched: { url: URL; authorization: string }[] = [];
const { fetch } = globalThis;
const environment = { ...process.env };
beforeEach(() => {
  fetched.length = 0;
  Object.assign(process.env, {
    AWS_REGION: 'eu-west-1',
    AWS_ACCESS_KEY_ID: 'ASIAEXAMPLE',
    AWS_SECRET_ACCESS_KEY: 'example',
  });
  delete process.env.AWS_ENDPOINT_URL;
  delete process.env.AWS_ENDPOINT_URL_S3;
  globalThis.fetch = (input, init) => {
    const headers = init?.headers as Record<string, string>;
    fetched.push({ url: input as URL, authorization: headers.authorization ?? '' });
    return Promise.resolve(new Response(''));
  };
});
afterEach(() => {
  globalThis.fetch = fetch;
  process.env = { ...environment };
});

const addressOf = async (bucket: string, domain: string, key: string) => {
  expect(await put(bucket, domain, key, '{}\n')).toBeUndefined();
  return fetched[0]?.url.href;
};

test('an object goes to the domain of the bucket', async () => {
  expect(await addressOf('reports', 'reports.s3.eu-west-1.amazonaws.com', 'one/page.jsonl')).toBe(
    'https://reports.s3.eu-west-1.amazonaws.com/one/page.jsonl',
  );
});

test('also where its key begins with slashes, and so looks like another host', async () => {
  expect(await addressOf('reports', 'reports.s3.eu-west-1.amazonaws.com', '/example.com/page.jsonl')).toBe(
    'https://reports.s3.eu-west-1.amazonaws.com//example.com/page.jsonl',
  );
});

test('a bucket with dots is in the path, since the certificate of S3 is for one label', async () => {
  expect(await addressOf('my.reports', 'my.reports.s3.eu-west-1.amazonaws.com', 'one/page.jsonl')).toBe(
    'https://s3.eu-west-1.amazonaws.com/my.reports/one/page.jsonl',
  );
});

test.each([
  ['of the bucket', 'reports.s3.cn-north-1.amazonaws.com.cn', 'cn-north-1'],
  ['of the function, where the domain does not tell', 'reports.example.com', 'eu-west-1'],
])('the signature is for the Region %s', async (_, domain, region) => {
  await addressOf('reports', domain, 'one/page.jsonl');

  expect(fetched[0]?.authorization).toMatch(new RegExp(`Credential=ASIAEXAMPLE/\\d{8}/${region}/s3/aws4_request`));
});
