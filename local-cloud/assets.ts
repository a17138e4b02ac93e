import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';

interface AssetManifest {
  readonly files?: Readonly<
    Record<
      string,
      {
        readonly source: { readonly path: string };
        readonly destinations: Readonly<Record<string, { readonly objectKey: string }>>;
      }
    >
  >;
}

/** Stands for the bootstrap bucket: the files that a cloud assembly would publish, by their keys. */
export class Assets {
  private readonly paths = new Map<string, string>();

  /**
   * @param folder for what is no file of an assembly
   */
  constructor(private readonly folder: string) {}

  /** @see https://docs.aws.amazon.com/cdk/v2/guide/assets.html */
  publish(assemblyDirectory: string): void {
    for (const fileName of readdirSync(assemblyDirectory).filter((name) => name.endsWith('.assets.json'))) {
      const manifest = JSON.parse(readFileSync(path.join(assemblyDirectory, fileName), 'utf8')) as AssetManifest;
      for (const { source, destinations } of Object.values(manifest.files ?? {})) {
        for (const { objectKey } of Object.values(destinations)) {
          this.paths.set(objectKey, path.join(assemblyDirectory, source.path));
        }
      }
    }
  }

  /** The folder that a ZIP archive was to be made of. */
  directory(objectKey: string): string {
    const directory = this.paths.get(objectKey);
    if (directory === undefined || !existsSync(directory)) {
      // As S3 says it when the function's code is not there.
      throw new Error(`Error occurred while GetObject. S3 Error Code: NoSuchKey. S3 Error Message: ${objectKey}`);
    }
    return directory;
  }

  /**
   * The folder of a function whose code stands in the template: one file, which Lambda names `index.js`.
   *
   * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-lambda-function-code.html
   */
  inlineDirectory(code: string): string {
    const directory = path.join(this.folder, createHash('sha256').update(code).digest('hex'));
    mkdirSync(directory, { recursive: true });
    writeFileSync(path.join(directory, 'index.js'), code);
    return directory;
  }

  /**
   * The template that was to be published under an address that ends in its key.
   *
   * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/VirtualHosting.html
   */
  template(url: string): unknown {
    const [, file] = [...this.paths].find(([objectKey]) => url.endsWith(`/${objectKey}`)) ?? [];
    if (file === undefined || !existsSync(file)) {
      // As CloudFormation passes it on.
      throw new Error('S3 error: The specified key does not exist.');
    }
    return JSON.parse(readFileSync(file, 'utf8')) as unknown;
  }
}
