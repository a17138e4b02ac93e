import { Aws, CfnParameter, Fn, SecretValue, type Stack } from 'aws-cdk-lib';
import * as glue from 'aws-cdk-lib/aws-glue';
import { ConnectionTarget } from '../../../lib/index';
import { createStack, resourcesOf } from '../harness';
import { createTest, HIDDEN, inputOf, JDBC_URL, messageOf } from '../inputs';

describe('a password', () => {
  const names = ['PASSWORD', 'KAFKA_SASL_PLAIN_PASSWORD', 'KAFKA_CLIENT_KEYSTORE_PASSWORD', 'ENCRYPTED_PASSWORD'];
  const texts: [string, (stack: Stack) => unknown][] = [
    ['a literal', () => HIDDEN],
    ['a token', () => SecretValue.unsafePlainText(HIDDEN).unsafeUnwrap()],
    ['a dynamic reference', () => SecretValue.secretsManager('orders').unsafeUnwrap()],
    ['a parameter', (stack) => new CfnParameter(stack, 'Password', { noEcho: true }).valueAsString],
  ];
  const others: [string, unknown][] = [
    ['empty', ''],
    ['a SecretValue', SecretValue.unsafePlainText(HIDDEN)],
    ['an object like a rendered reference', { SecretId: 'orders', JsonKey: 'password' }],
    ['a number', 12345],
    ['null', null],
  ];
  const messageFor = (name: string, value: unknown) =>
    messageOf(() =>
      ConnectionTarget.fromInput(inputOf({ JDBC_CONNECTION_URL: JDBC_URL, SECRET_ID: 'orders', [name]: value })),
    );

  test.each(names.flatMap((name) => texts.map(([what, value]) => ({ name, what, value }))))(
    'fails when $name is $what, without showing it',
    ({ name, value }) => {
      const message = messageFor(name, value(createStack()));
      expect(message).toContain(`'connectionProperties.${name}' must be a SecretReference`);
      expect(message).not.toMatch(/hunter2|TOKEN|resolve/);
    },
  );

  test.each(names.flatMap((name) => others.map(([what, value]) => ({ name, what, value }))))(
    'fails when $name is $what',
    ({ name, value }) => {
      const message = messageFor(name, value);
      expect(message).toContain(`'connectionProperties.${name}' must be a SecretReference`);
      expect(message).not.toMatch(/hunter2|12345/);
    },
  );

  test.each([
    'password',
    'sfPassword',
    'CLIENT_SECRET',
    'apiKey',
    'API_KEY',
    'accessToken',
    'ACCESS_TOKEN',
    'PRIVATE_KEY',
    'pass',
    'PASSWD',
    'passphrase',
    'pwd',
    'credential',
    'credentials',
    'assertion',
    'authorizationCode',
    'authorization-code',
    'access_key',
    'secretkey',
    'spark.cosmos.accountKey',
    'spark.hadoop.fs.s3a.secret.key',
    'SharedAccessKey',
    'SharedAccessSignature',
    'passcode',
    'DB_PW',
    'code',
  ])('fails when it is called %s', (name) => {
    const message = messageFor(name, HIDDEN);
    expect(message).toContain(`'connectionProperties.${name}' must be a SecretReference`);
    expect(message).not.toContain(HIDDEN);
  });

  test.each([
    'SECRET_ID',
    'PASSWORDS_FILE',
    'tokenUrl',
    'PRIMARY_KEY_COLUMN',
    'zipcode',
    'codes',
    'key',
    'ServiceToken',
  ])('is not what is called %s', (name) => {
    const properties = { JDBC_CONNECTION_URL: JDBC_URL, SECRET_ID: 'orders', [name]: 'plain' };
    expect(() => ConnectionTarget.fromInput(inputOf(properties))).not.toThrow();
  });

  test('fails in a connection of any type', () => {
    const input = inputOf({ PASSWORD: HIDDEN }, new glue.ConnectionType('MYSQL'));
    expect(() => ConnectionTarget.fromInput(input)).toThrow(
      "'connectionProperties.PASSWORD' must be a SecretReference",
    );
  });

  test.each([
    ['PostgreSQL', `jdbc:postgresql://orders:${HIDDEN}@db:5432/orders`],
    ['PostgreSQL without a user', `jdbc:postgresql://:${HIDDEN}@db:5432/orders`],
    ['PostgreSQL, with an @ in it', `jdbc:postgresql://orders:x@${HIDDEN}@db:5432/orders`],
    ['PostgreSQL, first parameter', `jdbc:postgresql://db/orders?password=${HIDDEN}&user=orders`],
    ['MySQL, last parameter', `jdbc:mysql://db:3306/orders?user=orders&password=${HIDDEN}`],
    ['SQL Server', `jdbc:sqlserver://db:1433;databaseName=orders;user=orders;password=${HIDDEN};encrypt=true`],
    ['SQL Server, in capitals', `jdbc:sqlserver://db:1433;PASSWORD=${HIDDEN}`],
    ['Redshift, by PWD', `jdbc:redshift://db:5439/orders;UID=orders;PWD=${HIDDEN}`],
    ['Oracle thin', `jdbc:oracle:thin:orders/${HIDDEN}@db:1521:ORCL`],
    ['Oracle thin with a service', `jdbc:oracle:thin:orders/${HIDDEN}@//db:1521/service`],
    ['Oracle thin in quotes', `jdbc:oracle:thin:orders/"${HIDDEN}@1"@db:1521/service`],
    ['a host that is only known at deployment', `jdbc:postgresql://orders:${HIDDEN}@${Aws.REGION}.example.com/orders`],
    [
      'a host that is only known at deployment, and a parameter',
      `jdbc:postgresql://${Aws.REGION}.example.com/orders?password=${HIDDEN}`,
    ],
    ['MySQL, with a slash in it', `jdbc:mysql://orders:${HIDDEN}/x@db/orders`],
    ['MySQL, of a key store', `jdbc:mysql://db/orders?sslpassword=${HIDDEN}`],
    ['MySQL, by address', `jdbc:mysql://address=(host=db)(user=u)(password=${HIDDEN})/orders`],
    ['SQL Server, with blanks', `jdbc:sqlserver://db; password = {${HIDDEN}};`],
    ['Athena', `jdbc:athena://;SecretAccessKey=${HIDDEN}`],
    ['DB2', `jdbc:db2://db:50000/orders:password=${HIDDEN};user=u;`],
    ['Teradata', `jdbc:teradata://db/USER=u,PASSWORD=${HIDDEN}`],
    ['a password that is only known at deployment', `jdbc:postgresql://db/orders?password=${Aws.STACK_NAME}`],
    ['Oracle OCI', `jdbc:oracle:oci8:orders/${HIDDEN}@db`],
  ])('fails when it is in the URL: %s', (_, url) => {
    const message = messageOf(() =>
      ConnectionTarget.fromInput(inputOf({ JDBC_CONNECTION_URL: url, SECRET_ID: 'orders' })),
    );

    expect(message).toContain(
      "'connectionProperties.JDBC_CONNECTION_URL' must not hold a password, since it would be in the template",
    );
    expect(message).not.toContain(HIDDEN);
  });

  test('fails when it is in the URL of another property', () => {
    const properties = { CONNECTION_URL: `mongodb+srv://orders:${HIDDEN}@db/orders` };
    const message = messageOf(() => ConnectionTarget.fromInput(inputOf(properties, glue.ConnectionType.MONGODB)));

    expect(message).toContain("'connectionProperties.CONNECTION_URL' must not hold a password");
    expect(message).not.toContain(HIDDEN);
  });

  test.each([
    ['host and port', 'jdbc:postgresql://db:5432/orders'],
    ['a user in front of the host', 'jdbc:postgresql://orders@db:5432/orders'],
    ['a user among the parameters', 'jdbc:postgresql://db:5432/orders?user=orders&ssl=true'],
    ['an @ in the path', 'jdbc:mysql://db:3306/orders?user=orders@example.com'],
    ['a user of Azure', 'jdbc:sqlserver://db:1433;databaseName=orders;user=orders@server;encrypt=true'],
    ['a parameter about passwords', 'jdbc:mysql://db:3306/orders?passwordCharacterEncoding=UTF-8'],
    ['an empty password', 'jdbc:sqlserver://db:1433;user=orders;password=;encrypt=true'],
    ['an IPv6 address', 'jdbc:postgresql://[2001:db8::1]:5432/orders'],
    [
      'a host and a port that are only known at deployment',
      `jdbc:postgresql://${Aws.REGION}:${Aws.REGION}/orders?user=o`,
    ],
    ['the same, and an @', `jdbc:sqlserver://${Aws.REGION}:${Aws.REGION};databaseName=d;user=me@corp`],
    ['an IPv6 address and an @', 'jdbc:sqlserver://[::1]:1433;user=me@corp'],
    ['several hosts and an @', 'jdbc:postgresql://db1:5432,db2:5432/orders?user=orders@example.com'],
    ['several hosts', 'jdbc:mysql://db1:3306,db2:3306/orders'],
    ['Oracle thin', 'jdbc:oracle:thin:@db:1521:ORCL'],
    ['Oracle thin with a service', 'jdbc:oracle:thin:@//db:1521/service'],
    ['Oracle thin by URL', 'jdbc:oracle:thin://@db:1521/service'],
    ['Oracle thin with a wallet', 'jdbc:oracle:thin:/@db'],
  ])('passes when the URL has none: %s', (_, url) => {
    const properties = { JDBC_CONNECTION_URL: url, SECRET_ID: 'orders' };
    expect(() => ConnectionTarget.fromInput(inputOf(properties))).not.toThrow();
  });

  test('passes when the URL is only known at deployment', () => {
    const stack = createStack();
    const urls = [
      new CfnParameter(stack, 'Url').valueAsString,
      `jdbc:postgresql://${Aws.ACCOUNT_ID}.example.com:5432/orders`,
      Fn.importValue('orders-url'),
    ];
    urls.forEach((JDBC_CONNECTION_URL, index) => {
      createTest(stack, inputOf({ JDBC_CONNECTION_URL, SECRET_ID: 'orders' }), `Test${index}`);
    });

    const given = Object.values(resourcesOf(stack, 'Custom::GlueConnectionTest')).map(({ Properties }) => Properties);
    expect(given).toMatchObject([
      { TestConnectionInput: { ConnectionProperties: { JDBC_CONNECTION_URL: { Ref: 'Url' } } } },
      {
        TestConnectionInput: {
          ConnectionProperties: { JDBC_CONNECTION_URL: { 'Fn::Join': expect.anything() as unknown } },
        },
      },
      { TestConnectionInput: { ConnectionProperties: { JDBC_CONNECTION_URL: { 'Fn::ImportValue': 'orders-url' } } } },
    ]);
  });
});
