import { Annotations as Annotate, type Stack } from 'aws-cdk-lib';
import { Annotations, Match } from 'aws-cdk-lib/assertions';
import * as glue from 'aws-cdk-lib/aws-glue';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { ConnectionTarget, ConnectionTest } from '../../../lib/index';
import { allowed, createConnection, createStack } from '../harness';

const WARNING = 'cdk-glue-connection-test:fileNotGranted';
const PROPERTIES = ['JDBC_DRIVER_JAR_URI', 'CUSTOM_JDBC_CERT'];

function testWith(stack: Stack, properties: Record<string, string>): ConnectionTest {
  const connection = createConnection(stack, 'Orders', { properties });
  return new ConnectionTest(stack, 'Test', { target: ConnectionTarget.fromConnection(connection) });
}

describe.each(PROPERTIES)('the file that %s names', (property) => {
  test('is granted, and nothing else in the bucket, where the bucket is of the app', () => {
    const stack = createStack();
    testWith(stack, { [property]: new s3.Bucket(stack, 'Bucket').s3UrlForObject('drivers/a*b') });

    expect(allowed(stack, 's3:GetObject')?.resources).toEqual([
      expect.stringMatching(/^arn:\${AWS::Partition}:s3:::\${Bucket\w+}\/drivers\/a\${\*}b$/),
    ]);
    expect(allowed(stack, 'kms:Decrypt')).toBeUndefined();
    Annotations.fromStack(stack).hasNoWarning('*', Match.stringLikeRegexp(WARNING));
  });

  test("is granted with the bucket's key, through Amazon S3 alone", () => {
    const stack = createStack();
    const encryptionKey = new kms.Key(stack, 'Key');
    testWith(stack, { [property]: new s3.Bucket(stack, 'Bucket', { encryptionKey }).s3UrlForObject('x') });

    expect(allowed(stack, 'kms:Decrypt')?.resources).toEqual([expect.stringMatching(/^\${Key/)]);
    expect(JSON.stringify(allowed(stack, 'kms:Decrypt')?.condition)).toMatch(/kms:ViaService.*"s3\./);
  });

  test.each(['s3://other/drivers/x.jar', 'x.jar', 's3://other'])('is asked for: %s', (uri) => {
    const stack = createStack();
    testWith(stack, { [property]: uri });

    expect(allowed(stack, 's3:GetObject')).toBeUndefined();
    Annotations.fromStack(stack).hasWarning(
      '/Stack/Test',
      Match.stringLikeRegexp(`${property} of the connection names a file .*${WARNING}`),
    );
  });

  test('is not asked for where that is acknowledged', () => {
    const stack = createStack();
    Annotate.of(testWith(stack, { [property]: 's3://other/x.jar' })).acknowledgeWarning(WARNING);

    Annotations.fromStack(stack).hasNoWarning('*', Match.stringLikeRegexp(WARNING));
  });

  test('is granted to the test of an input, too', () => {
    const stack = createStack();
    new ConnectionTest(stack, 'Test', {
      target: ConnectionTarget.fromInput({
        connectionType: new glue.ConnectionType('JIRACLOUD'),
        connectionProperties: { [property]: new s3.Bucket(stack, 'Bucket').s3UrlForObject('x') },
      }),
    });

    expect(allowed(stack, 's3:GetObject')).toBeDefined();
  });
});

test('the key of a connection’s own credentials is granted', () => {
  const stack = createStack();
  const connection = new glue.CfnConnection(stack, 'Orders', {
    catalogId: stack.account,
    connectionInput: {
      connectionType: 'SALESFORCE',
      authenticationConfiguration: { authenticationType: 'OAUTH2', kmsKeyArn: new kms.Key(stack, 'Key').keyArn },
    },
  });
  new ConnectionTest(stack, 'Test', { target: ConnectionTarget.fromCfnConnection(connection) });

  expect(allowed(stack, 'kms:Decrypt')?.resources).toEqual([expect.stringMatching(/^\${Key/)]);
  Annotations.fromStack(stack).hasNoWarning('/Stack/Test', Match.anyValue());
});
