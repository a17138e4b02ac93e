import { CfnParameter } from 'aws-cdk-lib';
import { Annotations, Match } from 'aws-cdk-lib/assertions';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { ConnectionTests, type ApplyToOptions } from '../../../lib/index';
import { KEY_ARN } from '../inputs';
import { allowed, createConnection, createStack } from '../harness';

const SECRET_ARN = 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:orders-Ab12Cd';

test('applyTo takes the secret and its key for a connection by its name, and for no other', () => {
  const stack = createStack();
  const SECRET_ID = new CfnParameter(stack, 'Credentials').valueAsString;
  for (const connectionName of ['orders', 'stock']) {
    createConnection(stack, connectionName, { connectionName, properties: { SECRET_ID } });
  }
  const encryptionKey = kms.Key.fromKeyArn(stack, 'Key', KEY_ARN);
  const orders = secretsmanager.Secret.fromSecretAttributes(stack, 'Secret', {
    secretCompleteArn: SECRET_ARN,
    encryptionKey,
  });
  ConnectionTests.applyTo(stack, { secrets: { orders } });

  expect(allowed(stack, 'secretsmanager:GetSecretValue')?.resources).toEqual([SECRET_ARN]);
  expect(allowed(stack, 'kms:Decrypt')?.resources).toEqual([KEY_ARN]);
  const unknown = Annotations.fromStack(stack).findWarning('*', Match.stringLikeRegexp('secretUnknown'));
  expect(unknown.map(({ id }) => id)).toEqual([expect.stringContaining('/stock/')]);
});

test('fails when it is not a secret, without showing what it is', () => {
  const options = { secrets: { orders: 'hunter2' } } as unknown as ApplyToOptions;

  expect(() => ConnectionTests.applyTo(createStack(), options)).toThrow(/^'secrets\.orders' must be an ISecretRef/);
  expect(() => ConnectionTests.applyTo(createStack(), options)).not.toThrow(/hunter2/);
});
