import { App, CustomResource, Stack } from 'aws-cdk-lib';
import * as glue from 'aws-cdk-lib/aws-glue';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { AwsCustomResource, AwsCustomResourcePolicy, PhysicalResourceId } from 'aws-cdk-lib/custom-resources';
import { ConnectionTarget, ConnectionTest, ConnectionTestProvider } from '../../lib/index';

/** How each connection of a stack is tested: by `floor`, with the least that a template needs; by `nothing`, not at all. */
export type Tester = 'this' | 'AwsCustomResource' | 'floor' | 'nothing';

export interface ConnectionsOptions {
  readonly tester: Tester;
  readonly count: number;
  /** Whether the template gives the connections their names, so that grants need not refer to the resources. */
  readonly named: boolean;
  readonly outdir?: string;
  /** Of the provider. */
  readonly maxConcurrency?: number;
  /** Another value runs each test of `this` again. */
  readonly release?: string;
}

/** Of AwsCustomResource, 240 tests are more than the 500 resources that a stack may have. */
export const NO_LIMIT = { '@aws-cdk/core:stackResourceLimit': 0 };

/** More would have more policies than a role may have. */
const TESTS_PER_PROVIDER = 240;

/** A stack of connections with imported secrets, each with its test. */
export function connectionsApp({ tester, count, named, outdir, maxConcurrency, release }: ConnectionsOptions): App {
  const app = new App({ outdir, analyticsReporting: false, context: NO_LIMIT });
  const stack = new Stack(app, 'Connections');
  let provider =
    maxConcurrency === undefined ? undefined : new ConnectionTestProvider(stack, 'Provider', { maxConcurrency });
  for (let index = 0; index < count; index++) {
    if (tester === 'this' && index > 0 && index % TESTS_PER_PROVIDER === 0) {
      provider = new ConnectionTestProvider(stack, `Provider${index}`, { maxConcurrency });
    }
    const secret = secretsmanager.Secret.fromSecretNameV2(stack, `Secret${index}`, `orders-${index}`);
    const connection = new glue.Connection(stack, `Connection${index}`, {
      type: glue.ConnectionType.JDBC,
      connectionName: named ? `orders-${index}` : undefined,
      properties: { JDBC_CONNECTION_URL: `jdbc:postgresql://db.example.com:5432/orders${index}` },
      secret,
    });
    TESTERS[tester](stack, `Test${index}`, connection, secret, { provider, release });
  }
  return app;
}

type Test = (
  stack: Stack,
  id: string,
  connection: glue.Connection,
  secret: secretsmanager.ISecret,
  options: { readonly provider?: ConnectionTestProvider; readonly release?: string },
) => void;

const TESTERS: Readonly<Record<Tester, Test>> = {
  nothing: () => undefined,
  this: (stack, id, connection, _secret, { provider, release }) => {
    const triggers = release === undefined ? undefined : { release };
    new ConnectionTest(stack, id, { target: ConnectionTarget.fromConnection(connection), provider, triggers });
  },
  AwsCustomResource: (stack, id, connection, secret) => {
    const test = {
      service: 'Glue',
      action: 'testConnection',
      parameters: { ConnectionName: connection.connectionName },
      physicalResourceId: PhysicalResourceId.of(connection.connectionName),
    };
    const custom = new AwsCustomResource(stack, id, {
      resourceType: 'Custom::GlueConnectionTest',
      onUpdate: test,
      installLatestAwsSdk: false,
      policy: AwsCustomResourcePolicy.fromStatements(statementsFor(connection, secret)),
    });
    custom.node.addDependency(connection);
  },
  floor: (stack, id, connection, secret) => {
    const handler = handlerOf(stack);
    statementsFor(connection, secret).forEach((statement) => handler.addToRolePolicy(statement));
    const custom = new CustomResource(stack, id, {
      resourceType: 'Custom::GlueConnectionTest',
      serviceToken: handler.functionArn,
      properties: { ConnectionName: connection.connectionName },
    });
    custom.node.addDependency(connection);
  },
};

function statementsFor(connection: glue.Connection, secret: secretsmanager.ISecret): iam.PolicyStatement[] {
  return [
    new iam.PolicyStatement({ actions: ['glue:TestConnection'], resources: [connection.connectionArn] }),
    new iam.PolicyStatement({
      actions: ['secretsmanager:GetSecretValue', 'secretsmanager:DescribeSecret'],
      resources: [secret.secretArn],
    }),
  ];
}

function handlerOf(stack: Stack): lambda.Function {
  const existing = stack.node.tryFindChild('Handler') as lambda.Function | undefined;
  const code = lambda.Code.fromInline('exports.handler = () => undefined;');
  const runtime = lambda.determineLatestNodeRuntime(stack);
  return existing ?? new lambda.Function(stack, 'Handler', { code, handler: 'index.handler', runtime });
}
