import { SecretValue, type Stack } from 'aws-cdk-lib';
import * as glue from 'aws-cdk-lib/aws-glue';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';

interface ConnectionOptions extends Pick<glue.ConnectionProps, 'connectionName' | 'network' | 'securityGroups'> {
  /** @default - the address of the context */
  readonly jdbcUrl?: string;
}

/** The database that the tests deploy against, as the context describes it by `jdbcUrl` and `password`. */
export class DataStore {
  readonly secret: secretsmanager.Secret;

  constructor(private readonly stack: Stack) {
    this.secret = new secretsmanager.Secret(stack, 'Secret', {
      secretObjectValue: {
        username: SecretValue.unsafePlainText('orders'),
        password: SecretValue.unsafePlainText(contextOf(stack, 'password')),
      },
    });
  }

  connection(
    id: string,
    { jdbcUrl = contextOf(this.stack, 'jdbcUrl'), ...options }: ConnectionOptions = {},
  ): glue.Connection {
    return new glue.Connection(this.stack, id, {
      ...options,
      type: glue.ConnectionType.JDBC,
      properties: { JDBC_CONNECTION_URL: jdbcUrl },
      secret: this.secret,
    });
  }
}

export function contextOf(stack: Stack, name: string): string {
  return String(stack.node.tryGetContext(name));
}
