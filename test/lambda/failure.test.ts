import type { Category } from '../../lambda/contract';
import { classify } from '../../lambda/failure';
import { SIGNATURES } from '../../lambda/signatures';

const keep = (text: string) => text;

/** What public sources show of messages, and what is to be made of them. */
const MESSAGES: readonly (readonly [message: string, category: Category, cause: RegExp, nextStep: RegExp])[] = [
  [
    'VPC S3 endpoint validation failed for SubnetId: subnet-1. VPC: vpc-1. Reason: Could not find S3 endpoint or NAT gateway for subnetId: subnet-1 in Vpc vpc-1',
    'CONFIGURATION',
    /no route to Amazon S3/,
    /gateway endpoint for S3/,
  ],
  ['S3 endpoint and NAT validation has failed for subnetId: subnet-1', 'CONFIGURATION', /no route to Amazon S3/, /NAT/],
  ['UnableToFindVpcEndpoint', 'CONFIGURATION', /no route to Amazon S3/, /gateway endpoint/],
  [
    'At least one security group must open all ingress ports.',
    'CONFIGURATION',
    /lets its own members in/,
    /inbound rule/,
  ],
  ['At least one security group must open all egress ports.', 'CONFIGURATION', /lets traffic out/, /outbound/],
  ['Unable to resolve any valid connection', 'CONFIGURATION', /no usable network/, /AvailabilityZone, SubnetId/],
  ['CONNECTION_LIST_CONNECTION_WITH_AZ_NULL', 'CONFIGURATION', /no Availability Zone/, /Set AvailabilityZone/],
  ['AvailabilityZone cannot be null or empty', 'CONFIGURATION', /no Availability Zone/, /Set AvailabilityZone/],
  [
    'Availability Zone us-east-1a does not correspond to subnet subnet-1',
    'CONFIGURATION',
    /not that of its subnet/,
    /own/,
  ],
  ['Could not find subnet for AZ us-east-1e', 'CONFIGURATION', /cannot use a subnet/, /another zone/],
  ['Number of IP addresses on subnet is 0', 'RESOURCE_LIMIT', /no free IP/, /larger subnet/],
  ['The specified subnet does not have enough free addresses', 'RESOURCE_LIMIT', /no free IP/, /fewer tests/],
  ['Failed to call ec2:DescribeSubnets', 'PROPAGATION', /lacks an action/, /Grant/],
  ['Failed to call ec2:DescribeSecurityGroups', 'PROPAGATION', /lacks an action/, /Grant/],
  [
    'DescribeVpcEndpoints action is unauthorized. Unable to validate VPC ID vpc-1',
    'PROPAGATION',
    /lacks an action/,
    /Grant/,
  ],
  ['DescribeRouteTables action is unauthorized', 'PROPAGATION', /lacks an action/, /Grant/],
  [
    'Role r should be given assume role permissions for Glue Service.',
    'PROPAGATION',
    /cannot assume/,
    /assume the role/,
  ],
  [
    'User: u is not authorized to perform: glue:TestConnection on resource: r',
    'PROPAGATION',
    /may not do this/,
    /Grant/,
  ],
  ['No private DNS for network interface found', 'CONFIGURATION', /DNS hostnames are turned off/, /enableDnsHostnames/],
  [
    'Reverse dns resolution of ip 10.0.0.1 failed',
    'CONFIGURATION',
    /DNS hostnames are turned off/,
    /enableDnsHostnames/,
  ],
  ['Communications link failure', 'UNREACHABLE', /cannot reach/, /AWSSupport-TroubleshootGlueConnection/],
  ['java.net.SocketTimeoutException: Connect timed out', 'UNREACHABLE', /cannot reach/, /routes/],
  ['Connection refused', 'UNREACHABLE', /cannot reach/, /host and port/],
  ['FATAL: The authentication type 10 is not supported.', 'CONFIGURATION', /too old/, /newer driver/],
  ["Unknown database 'order'", 'CONFIGURATION', /no database of this name/, /not the identifier/],
  ['FATAL: database "order" does not exist', 'CONFIGURATION', /no database of this name/, /JDBC URL/],
  ['SQLSTATE 3D000', 'CONFIGURATION', /no database of this name/, /JDBC URL/],
  [
    "Access denied for user 'orders'@'10.0.0.1' (using password: YES)",
    'CREDENTIALS',
    /refused the user name/,
    /secret/,
  ],
  ['FATAL: password authentication failed for user "orders"', 'CREDENTIALS', /refused the user name/, /secret/],
  ['ORA-01017: invalid username/password; logon denied', 'CREDENTIALS', /refused the user name/, /secret/],
  ['SQLSTATE 28000', 'CREDENTIALS', /refused the user name/, /secret/],
  ['SQLSTATE 28P01', 'CREDENTIALS', /refused the user name/, /secret/],
  ["Login failed for user 'orders'", 'CREDENTIALS', /refused the user name/, /secret/],
  ['Exception authenticating MongoCredential{mechanism=SCRAM-SHA-1}', 'CREDENTIALS', /refused the user name/, /secret/],
  ["The secret must have the keys 'username' and 'password'", 'SECRET', /lacks a key/, /'username' and 'password'/],
  ["Secrets Manager can't find the specified secret.", 'SECRET', /does not exist/, /SECRET_ID/],
  [
    'You can’t perform this operation on the secret because it was marked for deletion.',
    'SECRET',
    /being deleted/,
    /Restore/,
  ],
  ['No suitable driver found for jdbc:x', 'CONFIGURATION', /driver was not found/, /JDBC_DRIVER_JAR_URI/],
  [
    'java.lang.ClassNotFoundException: com.example.Driver',
    'CONFIGURATION',
    /driver was not found/,
    /JDBC_DRIVER_CLASS_NAME/,
  ],
  ['SSL handshake failed', 'CONFIGURATION', /TLS settings/, /JDBC_ENFORCE_SSL/],
  ['javax.net.ssl.SSLHandshakeException', 'CONFIGURATION', /TLS settings/, /CUSTOM_JDBC_CERT/],
  ['PKIX path building failed', 'CONFIGURATION', /TLS settings/, /CUSTOM_JDBC_CERT/],
  ['The hostname db could not be verified by the certificate', 'CONFIGURATION', /TLS settings/, /CUSTOM_JDBC_CERT/],
  ['The server does not support SSL connections', 'CONFIGURATION', /TLS settings/, /JDBC_ENFORCE_SSL/],
  [
    'FATAL: no pg_hba.conf entry for host "10.0.0.1", user "orders", database "orders", no encryption',
    'CONFIGURATION',
    /TLS only/,
    /JDBC_ENFORCE_SSL to true/,
  ],
  ['FATAL: no pg_hba.conf entry for host "10.0.0.1", SSL on', 'CONFIGURATION', /from this address/, /pg_hba.conf/],
  ['Public Key Retrieval is not allowed', 'CONFIGURATION', /needs TLS/, /JDBC_ENFORCE_SSL to true/],
  ['Failed to load SSL keystore', 'CONFIGURATION', /keystore/, /JKS/],
  ['Mongo/DocumentDB connection URL is not supported', 'CONFIGURATION', /URL has the wrong form/, /mongodb:/],
  ['No enum constant com.amazonaws.glue.X', 'INVALID_INPUT', /does not know the type/, /ConnectionType/],
  ['Invalid Kafka connection parameters', 'CONFIGURATION', /Kafka/, /KAFKA_BOOTSTRAP_SERVERS/],
  ['BASIC authentication type needs to be used', 'CONFIGURATION', /AuthenticationConfiguration/, /Set/],
  ['TestConnection is only supported for Unified Connections', 'UNSUPPORTED', /cannot test/, /WARN/],
];

const WRAPPER =
  'Check that your connection definition references your JDBC database with correct URL syntax, username, and password.';

test.each(MESSAGES)('%s', (message, category, cause, nextStep) => {
  for (const wrapped of [message, message.toUpperCase(), `${WRAPPER} ${message}`, message.replaceAll(' ', '\n')]) {
    const error = Object.assign(new Error(wrapped), { name: 'InvalidInputException' });
    const failure = classify(error, keep);

    expect(failure).toMatchObject({ category });
    expect(failure.cause).toMatch(cause);
    expect(failure.nextStep).toMatch(nextStep);
    expect(failure.link).toMatch(/^https:\/\/docs\.aws\.amazon\.com\//);
  }
});

test('every signature has a message that only it explains', () => {
  const used = MESSAGES.map(([message]) => {
    const { cause, nextStep } = classify(new Error(message), keep);
    return SIGNATURES.findIndex((signature) => signature.cause === cause && signature.nextStep === nextStep);
  });

  expect(new Set(used).size).toBe(SIGNATURES.length);
});

test('a wrapper is taken off the words that it wraps, and left where it is all there is', () => {
  const words = (message: string) => classify(new Error(message), keep).message;

  expect(words(`${WRAPPER} FATAL: something new`)).toBe('FATAL: something new');
  expect(words(WRAPPER)).toBe(WRAPPER);
});

test('the hint that the SDK adds is left out', () => {
  const message =
    'aborted\n  Deserialization error: to see the raw response, inspect the hidden field {error}.$response';

  expect(classify(new Error(message), keep).message).toBe('aborted');
});

test('an unknown message is passed on whole', () => {
  expect(classify(new Error('Something that nobody has seen'), keep)).toMatchObject({
    category: 'UNKNOWN',
    message: 'Something that nobody has seen',
  });
});

test.each([
  ['a string', 'plain', 'plain'],
  ['nothing', undefined, 'undefined'],
  ['an error without a message', new Error(), 'no message'],
])('whatever is thrown has a category: %s', (_, thrown, message) => {
  expect(classify(thrown, keep)).toMatchObject({ category: 'UNKNOWN', message });
});

test('a number that only looks like a SQLSTATE is none', () => {
  expect(classify(new Error('gave up after 128000 ms'), keep).category).toBe('UNKNOWN');
});
