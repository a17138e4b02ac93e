import { createHash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import type { Session } from '../iam/access-keys';
import { authorize } from '../iam/authorization';
import { ServiceError } from '../service-error';
import type { Buckets } from './buckets';
import type { Protocol, Request, Response } from './protocols/protocol';
import { xmlOf } from './protocols/xml';

/**
 * The calls that the CDK makes to publish its assets, to buckets in the path of the address.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_Operations_Amazon_Simple_Storage_Service.html
 */
export class S3 implements Protocol {
  constructor(
    private readonly buckets: Buckets,
    private readonly region: string,
  ) {}

  operationOf({ method }: Request): string {
    return method;
  }

  async answer(caller: Session, request: Request): Promise<Response> {
    const [, bucket = '', key = ''] = /^\/([^/]+)\/?(.*)$/s.exec(request.path) ?? [];
    if (bucket === '') {
      throw new ServiceError('NotImplemented', 'ListBuckets is not modelled', 501);
    }
    return key === '' ? this.answerBucket(caller, request, bucket) : this.answerObject(caller, request, bucket, key);
  }

  /** @see https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html */
  fail({ statusCode, code, message, members }: ServiceError): Response {
    const Code = COMMON_ERRORS[code] ?? code;
    return xml(Code === 'AccessDenied' ? 403 : statusCode, { Error: { Code, Message: message, ...members } });
  }

  private async answerBucket(caller: Session, { method, query }: Request, bucket: string): Promise<Response> {
    const allow = (action: string) => authorize(caller, action, [`arn:aws:s3:::${bucket}`]);
    if (method === 'GET' && query.has('location')) {
      await allow('s3:GetBucketLocation');
      this.buckets.keys(bucket);
      // The oldest Region has no name here.
      return xml(200, { LocationConstraint: this.region === 'us-east-1' ? '' : this.region });
    }
    if (method === 'GET' && query.has('encryption')) {
      await allow('s3:GetEncryptionConfiguration');
      this.buckets.keys(bucket);
      const Rule = { ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } };
      return xml(200, { ServerSideEncryptionConfiguration: { Rule } });
    }
    if (method === 'GET' && query.get('list-type') === '2') {
      await allow('s3:ListBucket');
      const [prefix, maxKeys] = [query.get('prefix') ?? '', Number(query.get('max-keys') ?? 1000)];
      const found = this.buckets.keys(bucket, prefix);
      const keys = found.slice(0, maxKeys);
      const contents = keys.map(
        (Key) => `<Contents>${xmlOf({ Key, Size: sizeOf(this.buckets.get(bucket, Key)) })}</Contents>`,
      );
      const members = { Name: bucket, Prefix: prefix, KeyCount: keys.length, MaxKeys: maxKeys };
      return xmlText(
        200,
        `<ListBucketResult>${xmlOf({ ...members, IsTruncated: found.length > maxKeys })}${contents.join('')}</ListBucketResult>`,
      );
    }
    throw notModelled(method, query);
  }

  private async answerObject(caller: Session, request: Request, bucket: string, key: string): Promise<Response> {
    const allow = (action: string) => authorize(caller, action, [`arn:aws:s3:::${bucket}/${key}`]);
    switch (request.method) {
      case 'PUT': {
        await allow('s3:PutObject');
        const content = bodyOf(request);
        this.buckets.put(bucket, key, content);
        return { statusCode: 200, headers: { etag: `"${createHash('md5').update(content).digest('hex')}"` } };
      }
      case 'GET':
      case 'HEAD': {
        await allow('s3:GetObject');
        const file = this.buckets.get(bucket, key);
        return { statusCode: 200, body: request.method === 'GET' ? readFileSync(file) : undefined };
      }
      default:
        throw notModelled(request.method, request.query);
    }
  }
}

const COMMON_ERRORS: Readonly<Record<string, string>> = {
  AccessDeniedException: 'AccessDenied',
  MissingAuthenticationTokenException: 'AccessDenied',
  UnrecognizedClientException: 'InvalidAccessKeyId',
};

function notModelled(method: string, query: URLSearchParams): ServiceError {
  return new ServiceError('NotImplemented', `${method} ?${query.toString()} is not modelled`, 501);
}

/**
 * What was put, out of the chunks that it may come in.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming-trailers.html
 */
function bodyOf({ headers, body }: Request): Buffer {
  if (!String(headers['x-amz-content-sha256']).startsWith('STREAMING-')) {
    return body;
  }
  const chunks: Buffer[] = [];
  for (let position = 0; ;) {
    const lineEnd = body.indexOf('\r\n', position);
    const size = parseInt(body.toString('latin1', position, lineEnd), 16);
    if (lineEnd < 0 || Number.isNaN(size)) {
      throw new ServiceError('IncompleteBody', 'The request body terminated unexpectedly');
    }
    if (size === 0) {
      return Buffer.concat(chunks);
    }
    const start = lineEnd + 2;
    chunks.push(body.subarray(start, start + size));
    position = start + size + 2;
  }
}

function sizeOf(file: string): number {
  return statSync(file).size;
}

function xml(statusCode: number, members: object): Response {
  return xmlText(statusCode, xmlOf(members));
}

function xmlText(statusCode: number, text: string): Response {
  const declaration = '<?xml version="1.0" encoding="UTF-8"?>\n';
  return { statusCode, headers: { 'content-type': 'application/xml' }, body: declaration + text };
}
