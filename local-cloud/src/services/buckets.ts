import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { ServiceError } from '../service-error';

/** Where the content of an object is: a file, or a folder that stands for the ZIP archive of it. */
export type ObjectPath = string;

/** The account's buckets and their objects. */
export class Buckets {
  /** All that is kept here, for whoever saves it. */
  readonly records = new Map<string, Map<string, ObjectPath>>();

  /**
   * @param folder for what is put here as bytes
   */
  constructor(private readonly folder: string) {}

  /**
   * @throws ServiceError InvalidBucketName, BucketAlreadyOwnedByYou
   * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_CreateBucket.html
   */
  create(bucket: string): void {
    if (!/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(bucket)) {
      throw new ServiceError('InvalidBucketName', 'The specified bucket is not valid.');
    }
    if (this.records.has(bucket)) {
      throw new ServiceError('BucketAlreadyOwnedByYou', `${bucket} already exists`, 409);
    }
    this.records.set(bucket, new Map());
  }

  /** Makes one if there is none, for what is not put by the API. */
  ensure(bucket: string): void {
    this.records.set(bucket, this.records.get(bucket) ?? new Map<string, ObjectPath>());
  }

  /** @throws ServiceError BucketNotEmpty */
  delete(bucket: string): void {
    if ((this.records.get(bucket)?.size ?? 0) > 0) {
      throw new ServiceError('BucketNotEmpty', 'The bucket you tried to delete is not empty', 409);
    }
    this.records.delete(bucket);
  }

  put(bucket: string, key: string, content: Buffer): void {
    const file = path.join(this.folder, createHash('sha256').update(content).digest('hex') + path.extname(key));
    mkdirSync(this.folder, { recursive: true });
    writeFileSync(file, content);
    this.link(bucket, key, file);
  }

  /** Has an object be what lies there already. */
  link(bucket: string, key: string, objectPath: ObjectPath): void {
    this.objectsOf(bucket).set(key, objectPath);
  }

  /** In the order of UTF-8. */
  keys(bucket: string, prefix = ''): string[] {
    return [...this.objectsOf(bucket).keys()].filter((key) => key.startsWith(prefix)).sort();
  }

  /** @throws ServiceError NoSuchBucket, NoSuchKey */
  get(bucket: string, key: string): ObjectPath {
    const objectPath = this.objectsOf(bucket).get(key);
    if (objectPath === undefined) {
      throw new ServiceError('NoSuchKey', 'The specified key does not exist.', 404);
    }
    return objectPath;
  }

  private objectsOf(bucket: string): Map<string, ObjectPath> {
    const objects = this.records.get(bucket);
    if (objects === undefined) {
      throw new ServiceError('NoSuchBucket', 'The specified bucket does not exist', 404, { BucketName: bucket });
    }
    return objects;
  }
}
