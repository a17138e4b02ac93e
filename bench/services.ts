import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { AwsStub } from '../test/lambda/aws-stub';
import { ResponseStub } from '../test/lambda/response-stub';

/** A Glue and a response URL that answer at once, and a folder for what is measured against them. */
export class Services {
  static async start(): Promise<Services> {
    return new Services(await AwsStub.start(), await ResponseStub.start());
  }

  readonly folder = mkdtempSync(path.join(tmpdir(), 'cdk-glue-connection-test-bench-'));
  /** What a function finds in its environment. */
  readonly environment: Readonly<Record<string, string>>;

  private constructor(
    readonly aws: AwsStub,
    readonly responses: ResponseStub,
  ) {
    const certificate = path.join(this.folder, 'ca.pem');
    writeFileSync(certificate, responses.caCertificate);
    this.environment = {
      AWS_REGION: 'eu-west-1',
      AWS_ACCESS_KEY_ID: 'ASIAEXAMPLE',
      AWS_SECRET_ACCESS_KEY: 'EXAMPLE',
      AWS_SESSION_TOKEN: 'EXAMPLE',
      AWS_ENDPOINT_URL: aws.url,
      NODE_EXTRA_CA_CERTS: certificate,
      // Of which only Node.js 20 is warned, at each start.
      AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
      RESPONSE_PORT: new URL(responses.url('any')).port,
    };
  }

  async stop(): Promise<void> {
    await Promise.all([this.aws.close(), this.responses.close()]);
    rmSync(this.folder, { recursive: true, force: true });
  }
}
