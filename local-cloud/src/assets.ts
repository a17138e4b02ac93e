import { unzipSync } from 'fflate';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseTemplateText } from './cloudformation/template/parse-text';
import type { Environment } from './environment';
import { ServiceError } from './service-error';
import type { Buckets } from './services/buckets';

interface AssetManifest {
  readonly files?: Readonly<
    Record<
      string,
      {
        readonly source: { readonly path: string };
        readonly destinations: Readonly<Record<string, { readonly bucketName: string; readonly objectKey: string }>>;
      }
    >
  >;
}

/** What AWS puts beside the code. */
const CFN_RESPONSE = readFileSync(path.join(__dirname, 'lambda', 'cfn-response.js'));

/** What CloudFormation and Lambda take from buckets: templates and code. */
export class Assets {
  /**
   * @param folder for code that is not in a folder yet
   */
  constructor(
    private readonly buckets: Buckets,
    private readonly environment: Environment,
    private readonly folder: string,
  ) {}

  /** Publishes the files of a cloud assembly. @see https://docs.aws.amazon.com/cdk/v2/guide/assets.html */
  publish(assemblyDirectory: string): void {
    for (const fileName of readdirSync(assemblyDirectory).filter((name) => name.endsWith('.assets.json'))) {
      const manifest = JSON.parse(readFileSync(path.join(assemblyDirectory, fileName), 'utf8')) as AssetManifest;
      for (const { source, destinations } of Object.values(manifest.files ?? {})) {
        for (const { bucketName, objectKey } of Object.values(destinations)) {
          const bucket = this.withEnvironment(bucketName);
          this.buckets.ensure(bucket);
          this.buckets.link(bucket, objectKey, path.join(assemblyDirectory, source.path));
        }
      }
    }
  }

  /** The folder with a function's code. */
  directory(bucket: string, objectKey: string): string {
    const found = this.find(bucket, objectKey, (error) => {
      // As Lambda passes it on.
      const problem = `S3 Error Code: ${error.code}. S3 Error Message: ${error.message}`;
      return new Error(`Error occurred while GetObject. ${problem}`);
    });
    return statSync(found).isDirectory() ? found : this.unzipped(readFileSync(found));
  }

  /**
   * The folder of a function whose code stands in the template: one file, which Lambda names `index.js`.
   *
   * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-lambda-function-code.html
   */
  inlineDirectory(code: string): string {
    return this.directoryOf({ 'index.js': Buffer.from(code), 'node_modules/cfn-response/index.js': CFN_RESPONSE });
  }

  /** @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/VirtualHosting.html */
  template(url: string): unknown {
    const { hostname, pathname } = new URL(url);
    const [first = '', ...rest] = decodeURIComponent(pathname.slice(1)).split('/');
    const isPathStyle = /^(s3[.-]|127\.)/.test(hostname);
    const [bucket, key] = isPathStyle
      ? [first, rest.join('/')]
      : [hostname.replace(/\.s3[.-].*/, ''), [first, ...rest].join('/')];
    // As CloudFormation passes it on.
    const file = this.find(bucket, key, ({ message }) => new Error(`S3 error: ${message}`));
    return parseTemplateText(readFileSync(file, 'utf8'));
  }

  private find(bucket: string, key: string, failure: (error: ServiceError) => Error): string {
    try {
      const found = this.buckets.get(bucket, key);
      if (!existsSync(found)) {
        throw new ServiceError('NoSuchKey', 'The specified key does not exist.', 404);
      }
      return found;
    } catch (error) {
      throw error instanceof ServiceError ? failure(error) : error;
    }
  }

  private unzipped(archive: Buffer): string {
    try {
      return this.directoryOf(unzipSync(archive));
    } catch {
      throw new Error('Could not unzip uploaded file. Please check your file, then try to upload again.');
    }
  }

  private directoryOf(files: Readonly<Record<string, Uint8Array>>): string {
    const hash = createHash('sha256');
    Object.entries(files).forEach(([name, content]) => hash.update(name).update(content));
    const directory = path.join(this.folder, hash.digest('hex'));
    for (const [name, content] of Object.entries(files).filter(([entry]) => !entry.endsWith('/'))) {
      const file = path.join(directory, name);
      if (!file.startsWith(directory + path.sep)) {
        throw new Error(`${name} is outside of the archive`);
      }
      mkdirSync(path.dirname(file), { recursive: true });
      writeFileSync(file, content);
    }
    return directory;
  }

  /** @see https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.cx_api.EnvironmentPlaceholders.html */
  private withEnvironment(text: string): string {
    const { accountId, region, partition } = this.environment;
    return text
      .replaceAll('${AWS::AccountId}', accountId)
      .replaceAll('${AWS::Region}', region)
      .replaceAll('${AWS::Partition}', partition);
  }
}
