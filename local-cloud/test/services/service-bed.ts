import { GlueClient, TestConnectionCommand, type TestConnectionCommandInput } from '@aws-sdk/client-glue';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { ENVIRONMENT } from '../../src/environment';
import { AccessKeys } from '../../src/iam/access-keys';
import { Roles } from '../../src/iam/roles';
import { Endpoint } from '../../src/services/endpoint';
import { Glue, type Connect } from '../../src/services/glue';
import { Kms } from '../../src/services/kms';
import { JsonProtocol } from '../../src/services/protocols/json';
import { SecretsManager } from '../../src/services/secrets-manager';

// The clients warn of the Node.js that is the lowest to be supported.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';

/** Whether an action on a resource is allowed, and when. */
export interface Permission {
  readonly Action: string;
  readonly Resource: string;
  readonly Condition?: object;
}

export const EVERYTHING: readonly Permission[] = [
  { Action: 'glue:*', Resource: '*' },
  { Action: 'secretsmanager:*', Resource: '*' },
  { Action: 'kms:Decrypt', Resource: '*' },
];

/** Glue, Secrets Manager and KMS behind one endpoint, for AWS's own clients. */
export class ServiceBed {
  static async start(connect?: Connect): Promise<ServiceBed> {
    const kms = new Kms(ENVIRONMENT);
    const secretsManager = new SecretsManager(ENVIRONMENT, kms);
    const glue = new Glue(ENVIRONMENT, secretsManager, connect);
    const accessKeys = new AccessKeys();
    const roles = new Roles(ENVIRONMENT.accountId, accessKeys);
    const endpoint = await Endpoint.start(
      accessKeys,
      { glue: new JsonProtocol(glue.operations), secretsmanager: new JsonProtocol(secretsManager.operations) },
      ENVIRONMENT,
    );
    return new ServiceBed(endpoint, roles, glue, secretsManager, kms);
  }

  private count = 0;

  private constructor(
    readonly endpoint: Endpoint,
    private readonly roles: Roles,
    readonly glue: Glue,
    readonly secretsManager: SecretsManager,
    readonly kms: Kms,
  ) {}

  glueClient(permissions = EVERYTHING): GlueClient {
    return new GlueClient(this.configuration(permissions));
  }

  secretsManagerClient(permissions = EVERYTHING): SecretsManagerClient {
    return new SecretsManagerClient(this.configuration(permissions));
  }

  testConnection(input: TestConnectionCommandInput, permissions = EVERYTHING) {
    return this.glueClient(permissions).send(new TestConnectionCommand(input));
  }

  /** Sends TestConnection as it is, past the client's own idea of a right request. */
  async post(body: unknown): Promise<{ readonly status: number; readonly answer: Record<string, string> }> {
    const { accessKeyId } = this.configuration(EVERYTHING).credentials;
    const response = await fetch(this.endpoint.url, {
      method: 'POST',
      headers: {
        'x-amz-target': 'AWSGlue.TestConnection',
        authorization: `AWS4-HMAC-SHA256 Credential=${accessKeyId}/20260101/us-east-1/glue/aws4_request, SignedHeaders=host, Signature=${'0'.repeat(64)}`,
      },
      body: JSON.stringify(body),
    });
    return { status: response.status, answer: (await response.json()) as Record<string, string> };
  }

  private configuration(permissions: readonly Permission[]) {
    const Statement = permissions.map((permission) => ({ Effect: 'Allow', ...permission }));
    const policies = new Map([['policy', { Version: '2012-10-17', Statement }]]);
    const keys = this.roles.assume(this.roles.create(`role-${this.count++}`, policies), 'test');
    return {
      region: ENVIRONMENT.region,
      endpoint: this.endpoint.url,
      maxAttempts: 1,
      credentials: {
        accessKeyId: keys.AWS_ACCESS_KEY_ID,
        secretAccessKey: keys.AWS_SECRET_ACCESS_KEY,
        sessionToken: keys.AWS_SESSION_TOKEN,
      },
    };
  }
}
