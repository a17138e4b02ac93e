import { SecretValue } from 'aws-cdk-lib';
import * as glue from 'aws-cdk-lib/aws-glue';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import type { Construct } from 'constructs';

interface ConnectionOptions extends Pick<glue.ConnectionProps, 'connectionName' | 'network' | 'securityGroups'> {
  /** @default - the address of the context */
  readonly jdbcUrl?: string;
}

/** The database that the tests deploy against, as the context describes it by `jdbcUrl` and `password`. */
export class DataStore {
  readonly secret: secretsmanager.Secret;

  constructor(private readonly scope: Construct) {
    this.secret = new secretsmanager.Secret(scope, 'Secret', {
      secretObjectValue: {
        username: SecretValue.unsafePlainText('orders'),
        password: SecretValue.unsafePlainText(contextOf(scope, 'password')),
      },
    });
  }

  connection(
    id: string,
    { jdbcUrl = contextOf(this.scope, 'jdbcUrl'), ...options }: ConnectionOptions = {},
  ): glue.Connection {
    return new glue.Connection(this.scope, id, {
      ...options,
      type: glue.ConnectionType.JDBC,
      properties: { JDBC_CONNECTION_URL: jdbcUrl },
      secret: this.secret,
    });
  }
}

export function contextOf(scope: Construct, name: string): string {
  return String(scope.node.tryGetContext(name));
}
