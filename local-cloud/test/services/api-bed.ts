import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { ENVIRONMENT } from '../../src/environment';
import { LocalCloud } from '../../src/local-cloud';

process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';

/** A bootstrapped cloud behind its endpoint, for AWS's own client and for requests by hand. */
export class ApiBed {
  static async start(): Promise<ApiBed> {
    const cloud = await LocalCloud.start();
    await cloud.bootstrap();
    return new ApiBed(cloud);
  }

  readonly client: CloudFormationClient;
  private readonly accessKey;

  private constructor(readonly cloud: LocalCloud) {
    this.accessKey = cloud.administrator();
    const { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey } = this.accessKey;
    this.client = new CloudFormationClient({
      ...{ region: ENVIRONMENT.region, endpoint: cloud.endpointUrl, maxAttempts: 1 },
      credentials: { accessKeyId, secretAccessKey },
    });
  }

  /** The header of a request that is signed, for all that is checked of it. */
  signature(service: string, { accessKeyId = this.accessKey.AWS_ACCESS_KEY_ID, region = 'us-east-1' } = {}) {
    const scope = `${accessKeyId}/20260101/${region}/${service}/aws4_request`;
    return `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=${'0'.repeat(64)}`;
  }

  async send(path: string, init: RequestInit): Promise<{ readonly status: number; readonly body: string }> {
    const response = await fetch(this.cloud.endpointUrl + path, init);
    return { status: response.status, body: await response.text() };
  }

  /** A request in the Query protocol. */
  query(service: string, parameters: Record<string, string>, authorization = this.signature(service)) {
    return this.send('/', { method: 'POST', headers: { authorization }, body: new URLSearchParams(parameters) });
  }
}
