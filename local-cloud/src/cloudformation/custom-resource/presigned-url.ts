import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

/**
 * Makes and checks URLs that carry the permission to PUT one object, in the form of Amazon S3's.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html
 */
export class PresignedUrls {
  private readonly secret = randomBytes(32);

  constructor(private readonly region: string) {}

  sign(origin: string, key: string): string {
    const date = new Date().toISOString().replace(/[-:]|\.\d+/g, '');
    const url = new URL(`/${encodeURIComponent(key)}`, origin);
    url.search = new URLSearchParams({
      'X-Amz-Algorithm': 'AWS4-HMAC-SHA256',
      'X-Amz-Date': date,
      'X-Amz-SignedHeaders': 'host',
      'X-Amz-Expires': '7200',
      'X-Amz-Credential': `LOCAL/${date.slice(0, 8)}/${this.region}/s3/aws4_request`,
    }).toString();
    url.searchParams.set('X-Amz-Signature', this.signature(url));
    return url.href;
  }

  /** The key of the object that may be put, or undefined when the signature is not of this URL. */
  verify(url: URL): string | undefined {
    const given = Buffer.from(url.searchParams.get('X-Amz-Signature') ?? '');
    const unsigned = new URL(url);
    unsigned.searchParams.delete('X-Amz-Signature');
    const expected = Buffer.from(this.signature(unsigned));
    const matches = given.length === expected.length && timingSafeEqual(given, expected);
    return matches ? decodeURIComponent(url.pathname.slice(1)) : undefined;
  }

  private signature({ pathname, search }: URL): string {
    return createHmac('sha256', this.secret).update(pathname).update(search).digest('hex');
  }
}
