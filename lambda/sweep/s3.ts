import { SignatureV4 } from '@smithy/signature-v4';
import { createHash, createHmac, type Hash } from 'node:crypto';
import { fromEnv } from '@aws-sdk/credential-provider-env';

export interface Refusal {
  readonly message: string;
  /** Whether the same request may be accepted later. */
  readonly isPassing: boolean;
}

const TIMEOUT_MS = 30_000;

/**
 * Puts a text into a bucket. S3's client would be as large as the rest of the function, for this one call; the signature
 * is the SDK's.
 *
 * @param domain the bucket's, such as `BUCKET.s3.eu-west-1.amazonaws.com`
 * @returns why it is not there; undefined if it is
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObject.html
 */
export async function put(bucket: string, domain: string, key: string, body: string): Promise<Refusal | undefined> {
  const url = addressOf(bucket, domain);
  const path = `${url.pathname.replace(/\/$/, '')}/${key.split('/').map(escape).join('/')}`;
  const signer = new SignatureV4({
    service: 's3',
    region: regionIn(bucket, domain) ?? process.env.AWS_REGION ?? '',
    credentials: fromEnv(),
    sha256: Sha256,
    uriEscapePath: false,
  });
  try {
    const { headers } = await signer.sign({
      method: 'PUT',
      protocol: url.protocol,
      hostname: url.hostname,
      path,
      headers: { host: url.host, 'content-type': 'application/x-ndjson' },
      body,
    });
    const signal = AbortSignal.timeout(TIMEOUT_MS);
    // A path that begins with two slashes is not to become a host.
    const response = await fetch(new URL(`${url.origin}${path}`), { method: 'PUT', headers, body, signal });
    const text = await response.text();
    const { ok, status } = response;
    return ok ? undefined : { message: `HTTP ${status} ${text}`, isPassing: status >= 500 || status === 429 };
  } catch (error) {
    return { message: (error as Error).message, isPassing: true };
  }
}

function addressOf(bucket: string, domain: string): URL {
  const endpoint = process.env.AWS_ENDPOINT_URL_S3 ?? process.env.AWS_ENDPOINT_URL;
  if (endpoint !== undefined) {
    return new URL(`${endpoint}/${bucket}`);
  }
  // The certificate of S3 covers one label before its own domain.
  const isInPath = bucket.includes('.') && domain.startsWith(`${bucket}.`);
  return new URL(isInPath ? `https://${domain.slice(bucket.length + 1)}/${bucket}` : `https://${domain}`);
}

/** The bucket may be in another Region than the function. */
function regionIn(bucket: string, domain: string): string | undefined {
  return /^\.s3\.([a-z0-9-]+)\.amazonaws\./.exec(domain.slice(bucket.length))?.[1];
}

/** As S3 escapes what it signs. */
function escape(segment: string): string {
  return encodeURIComponent(segment).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

/** Of Node.js, in the form that the signer asks for. */
class Sha256 {
  private readonly hash: Pick<Hash, 'digest'> & { update(data: string | Uint8Array): unknown };

  constructor(secret?: string | ArrayBuffer | ArrayBufferView) {
    this.hash =
      secret === undefined
        ? createHash('sha256')
        : createHmac('sha256', typeof secret === 'string' ? secret : bytesOf(secret));
  }

  update(data: string | ArrayBuffer | ArrayBufferView): void {
    this.hash.update(typeof data === 'string' ? data : bytesOf(data));
  }

  digest(): Promise<Uint8Array> {
    return Promise.resolve(new Uint8Array(this.hash.digest()));
  }

  reset(): void {
    throw new Error('a hash is made for one text');
  }
}

function bytesOf(data: ArrayBuffer | ArrayBufferView): Uint8Array {
  return ArrayBuffer.isView(data)
    ? new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
    : new Uint8Array(data);
}
