/** Connections of types that Glue is not documented to test, each in a stack: creating one may fail as well. */
import { IntegTest } from '@aws-cdk/integ-tests-alpha';
import { App } from 'aws-cdk-lib';
import type * as glue from 'aws-cdk-lib/aws-glue';
import { VerifyStack } from './verify-stack';

const app = new App();

const TYPES: Readonly<Record<string, Omit<glue.CfnConnection.ConnectionInputProperty, 'validateCredentials'>>> = {
  Kafka: {
    connectionType: 'KAFKA',
    connectionProperties: { KAFKA_BOOTSTRAP_SERVERS: 'kafka.invalid:9094', KAFKA_SSL_ENABLED: 'true' },
  },
  MongoDb: {
    connectionType: 'MONGODB',
    connectionProperties: {
      CONNECTION_URL: 'mongodb://db.invalid:27017/orders',
      USERNAME: 'orders',
      PASSWORD: 'made-up',
    },
  },
  Custom: {
    connectionType: 'CUSTOM',
    connectionProperties: {
      CONNECTOR_TYPE: 'Jdbc',
      CONNECTOR_CLASS_NAME: 'com.example.Driver',
      CONNECTOR_URL: 's3://example-bucket/driver.jar',
      JDBC_CONNECTION_URL: '[["default=jdbc:example://db.invalid:5432/orders"],","]',
    },
    matchCriteria: ['template-connection'],
  },
};

const stacks = Object.entries(TYPES).map(([id, connectionInput]) => {
  const stack = new VerifyStack(app, `GlueVerify${id}`);
  stack.reportConnection(id, stack.connection(id, connectionInput));
  return stack;
});

new IntegTest(app, 'Types', { testCases: stacks });
