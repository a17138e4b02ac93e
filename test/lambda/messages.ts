import type { Category } from '../../lambda/contract';

/** What is to be made of messages that mean the same. */
export interface Meaning {
  readonly category: Category;
  readonly cause: RegExp;
  readonly nextStep: RegExp;
  readonly messages: readonly string[];
}

/**
 * What public sources and drivers show of messages. Each way to recognise one has a message that only it matches; where
 * the order of two ways matters, there is one that both match.
 */
export const MEANINGS: readonly Meaning[] = [
  // What Glue says of the definition alone
  {
    category: 'UNSUPPORTED',
    cause: /cannot test/,
    nextStep: /WARN/,
    messages: ['TestConnection is only supported for Unified Connections'],
  },
  {
    category: 'INVALID_INPUT',
    cause: /does not know the type/,
    nextStep: /ConnectionType/,
    messages: ['No enum constant com.amazonaws.glue.X'],
  },
  {
    category: 'CONFIGURATION',
    cause: /URL has the wrong form/,
    nextStep: /mongodb:/,
    messages: ['Mongo/DocumentDB connection URL is not supported'],
  },
  {
    category: 'CONFIGURATION',
    cause: /Kafka/,
    nextStep: /KAFKA_BOOTSTRAP_SERVERS/,
    messages: ['Invalid Kafka connection parameters'],
  },
  {
    category: 'CONFIGURATION',
    cause: /AuthenticationConfiguration/,
    nextStep: /Set/,
    messages: ['BASIC authentication type needs to be used'],
  },

  // The network of the connection
  {
    category: 'CONFIGURATION',
    cause: /no route to Amazon S3/,
    nextStep: /gateway endpoint for S3.*NAT/,
    messages: [
      'VPC S3 endpoint validation failed for SubnetId: subnet-1. VPC: vpc-1. Reason: Could not find S3 endpoint or NAT gateway for subnetId: subnet-1 in Vpc vpc-1',
      'Could not find S3 endpoint or NAT gateway for subnetId: subnet-1 in Vpc vpc-1',
      'S3 endpoint and NAT validation has failed for subnetId: subnet-1',
      'UnableToFindVpcEndpoint',
    ],
  },
  {
    category: 'CONFIGURATION',
    cause: /lets its own members in/,
    nextStep: /inbound rule/,
    messages: ['At least one security group must open all ingress ports.'],
  },
  {
    category: 'CONFIGURATION',
    cause: /lets traffic out/,
    nextStep: /outbound/,
    messages: ['At least one security group must open all egress ports.'],
  },
  {
    category: 'CONFIGURATION',
    cause: /no usable network/,
    nextStep: /AvailabilityZone, SubnetId/,
    messages: ['Unable to resolve any valid connection'],
  },
  {
    category: 'CONFIGURATION',
    cause: /no Availability Zone/,
    nextStep: /Set AvailabilityZone/,
    messages: ['CONNECTION_LIST_CONNECTION_WITH_AZ_NULL', 'AvailabilityZone cannot be null or empty'],
  },
  {
    category: 'CONFIGURATION',
    cause: /not that of its subnet/,
    nextStep: /own/,
    messages: ['Availability Zone us-east-1a does not correspond to subnet subnet-1'],
  },
  {
    category: 'CONFIGURATION',
    cause: /cannot use a subnet/,
    nextStep: /another zone/,
    messages: ['Could not find subnet for AZ us-east-1e'],
  },
  {
    category: 'RESOURCE_LIMIT',
    cause: /no free IP/,
    nextStep: /larger subnet, or run fewer tests/,
    messages: ['Number of IP addresses on subnet is 0', 'The specified subnet does not have enough free addresses'],
  },
  {
    category: 'CONFIGURATION',
    cause: /DNS hostnames are turned off/,
    nextStep: /enableDnsHostnames/,
    messages: ['No private DNS for network interface found', 'Reverse dns resolution of ip 10.0.0.1 failed'],
  },

  // Permissions
  {
    category: 'ACCESS_DENIED',
    cause: /lacks an action/,
    nextStep: /Grant/,
    messages: [
      'Failed to call ec2:DescribeSubnets',
      'Failed to call ec2:DescribeSecurityGroups',
      'DescribeVpcEndpoints action is unauthorized. Unable to validate VPC ID vpc-1',
      'DescribeRouteTables action is unauthorized',
    ],
  },
  {
    category: 'ACCESS_DENIED',
    cause: /cannot assume/,
    nextStep: /assume the role/,
    messages: ['Role r should be given assume role permissions for Glue Service.'],
  },
  {
    category: 'ACCESS_DENIED',
    cause: /may not read the secret.*or the secret does not exist/,
    nextStep: /SECRET_ID/,
    messages: [
      'User: u is not authorized to perform: secretsmanager:GetSecretValue on resource: arn:aws:secretsmanager:eu-west-1:1:secret:orders because no identity-based policy allows the secretsmanager:GetSecretValue action',
    ],
  },
  {
    category: 'ACCESS_DENIED',
    cause: /may not do this/,
    nextStep: /Grant/,
    messages: ['User: u is not authorized to perform: glue:TestConnection on resource: r'],
  },

  // The secret
  {
    category: 'SECRET',
    cause: /does not exist/,
    nextStep: /SECRET_ID/,
    messages: ["Secrets Manager can't find the specified secret.", 'Secrets Manager can’t find the specified secret.'],
  },
  {
    category: 'SECRET',
    cause: /being deleted/,
    nextStep: /Restore/,
    messages: ['You can’t perform this operation on the secret because it was marked for deletion.'],
  },
  {
    category: 'ENCRYPTION',
    cause: /key of the connection's secret\./,
    nextStep: /kms:Decrypt with the secret's key/,
    messages: ["Secrets Manager can't decrypt the protected secret text using the provided KMS key."],
  },
  {
    category: 'ACCESS_DENIED',
    cause: /key of the connection's secret, or not yet/,
    nextStep: /kms:Decrypt with the secret's key/,
    messages: ['Access to KMS is not allowed'],
  },
  {
    category: 'SECRET',
    cause: /lacks a key/,
    nextStep: /'username' and 'password'/,
    messages: [
      "The secret must have the keys 'username' and 'password'",
      'Secret orders is missing the key "user"',
      'The secret lacks a password',
      'The values of the secret lack a password',
      'Found a secret without username',
      'The secret has no key "user"',
      "The secret doesn't have a username",
      'The secret does not contain a password',
      'Missing keys in the secret',
      'Found no username in the secret',
      'No password in the secret',
      'The key "user" is missing in the secret',
      'username and password are missing in the secret',
    ],
  },

  // TLS and the driver
  {
    category: 'CONFIGURATION',
    cause: /TLS only/,
    nextStep: /JDBC_ENFORCE_SSL to true/,
    messages: [
      'FATAL: no pg_hba.conf entry for host "10.0.0.1", user "orders", database "orders", no encryption',
      'FATAL: no pg_hba.conf entry for host "10.0.0.1", user "orders", database "orders", SSL off',
      'FATAL: no pg_hba.conf entry for host "10.0.0.1", user "orders", no encryption (SQLSTATE 28000)',
      'Connections using insecure transport are prohibited while --require_secure_transport=ON.',
    ],
  },
  {
    category: 'CONFIGURATION',
    cause: /from this address/,
    nextStep: /pg_hba.conf/,
    messages: ['FATAL: no pg_hba.conf entry for host "10.0.0.1", SSL on'],
  },
  {
    category: 'CONFIGURATION',
    cause: /needs TLS/,
    nextStep: /JDBC_ENFORCE_SSL to true/,
    messages: ['Public Key Retrieval is not allowed'],
  },
  {
    category: 'CONFIGURATION',
    cause: /keystore/,
    nextStep: /JKS/,
    messages: ['Failed to load SSL keystore'],
  },
  {
    category: 'CONFIGURATION',
    cause: /TLS settings/,
    nextStep: /JDBC_ENFORCE_SSL, and CUSTOM_JDBC_CERT/,
    messages: [
      'SSL handshake failed',
      'Communications link failure: javax.net.ssl.SSLHandshakeException',
      'javax.net.ssl.SSLHandshakeException',
      'PKIX path building failed',
      'The hostname db could not be verified by the certificate',
      'Host name db does not match the certificate subject',
      'Server certificate identity does not match the host name',
      'The certificate is not that of the hostname db',
      'java.security.cert.CertificateException: No subject alternative DNS name matching db found.',
      'The server does not support SSL connections',
      'SSL Connection required, but not supported by server.',
    ],
  },
  {
    category: 'CONFIGURATION',
    cause: /too old/,
    nextStep: /newer driver/,
    messages: ['FATAL: The authentication type 10 is not supported.'],
  },
  {
    category: 'CONFIGURATION',
    cause: /driver was not found/,
    nextStep: /JDBC_DRIVER_JAR_URI and JDBC_DRIVER_CLASS_NAME/,
    messages: ['No suitable driver found for jdbc:x', 'java.lang.ClassNotFoundException: com.example.Driver'],
  },

  // What the data store says
  {
    category: 'RESOURCE_LIMIT',
    cause: /data store has reached its connection limit/,
    nextStep: /connection limit/,
    messages: [
      'FATAL: sorry, too many clients already',
      'Data source rejected establishment of connection, message from server: "Too many connections"',
      'FATAL: remaining connection slots are reserved for roles with the SUPERUSER attribute',
    ],
  },
  {
    category: 'CONFIGURATION',
    cause: /no database of this name/,
    nextStep: /JDBC URL.*not the identifier/,
    messages: ["Unknown database 'order'", 'FATAL: database "order" does not exist', 'SQLSTATE 3D000'],
  },
  {
    category: 'CONFIGURATION',
    cause: /does not know the service or the SID/,
    nextStep: /HOST:PORT\/SERVICE/,
    messages: [
      'Listener refused the connection with the following error: ORA-12514, TNS:listener does not currently know of service requested in connect descriptor',
      'ORA-12505, TNS:listener does not currently know of SID given in connect descriptor',
    ],
  },
  {
    category: 'CONFIGURATION',
    cause: /no rights on the database/,
    nextStep: /Grant the user rights/,
    messages: [
      "Access denied for user 'orders'@'%' to database 'order'",
      'Cannot open database "order" requested by the login. The login failed.',
      'Cannot open database "order" requested by the login. The login failed. Login failed for user \'orders\'.',
    ],
  },
  {
    category: 'CREDENTIALS',
    cause: /has locked the account/,
    nextStep: /Unlock/,
    messages: [
      'ORA-28000',
      "Access denied for user 'orders'@'%'. Account is locked.",
      "Login failed for user 'orders' because the account is currently locked out.",
    ],
  },
  {
    category: 'CREDENTIALS',
    cause: /password has expired/,
    nextStep: /new one/,
    messages: [
      'ORA-28001',
      'Your password has expired. To log in you must change it using a client that supports expired passwords.',
      "Login failed for user 'orders'. Reason: The password of the account has expired.",
    ],
  },
  {
    category: 'CREDENTIALS',
    cause: /refused the user name/,
    nextStep: /secret/,
    messages: [
      "Access denied for user 'orders'@'10.0.0.1' (using password: YES)",
      'FATAL: password authentication failed for user "orders"',
      'FATAL: password authentication failed for user "secret"',
      'ORA-01017: invalid username/password; logon denied',
      'SQLState: 28000',
      'FATAL (28P01)',
      "Login failed for user 'orders'",
      'Exception authenticating MongoCredential{mechanism=SCRAM-SHA-1}',
      'Timed out after 30000 ms while waiting for a server. Client view: {Exception authenticating MongoCredential}',
      'Incorrect username or password was specified.',
    ],
  },

  // The way to the data store
  {
    category: 'UNREACHABLE',
    cause: /cannot reach/,
    nextStep: /host and port.*routes.*AWSSupport-TroubleshootGlueConnection/,
    messages: [
      'Communications link failure',
      'java.net.SocketTimeoutException: Connect timed out',
      'java.net.ConnectException: Connection timed out',
      'Connection attempt timed out.',
      'IO Error: Read timed out',
      'Timed out after 30000 ms while waiting for a server that matches ReadPreferenceServerSelector',
      'Connection refused',
      'Connection to db.example.com:5432 refused. Check that the hostname and port are correct and that the postmaster is accepting TCP/IP connections.',
      'The TCP/IP connection to the host db.example.com, port 1433 has failed. Error: "null. Verify the connection properties."',
      'ORA-12541: Cannot connect. No listener at host db.example.com port 1521.',
      'ORA-12170: Cannot connect. TCP connect timeout of 60000ms for host db.example.com port 1521.',
      'Connection refused by secret.example.com without a password',
      'java.net.UnknownHostException: db.example.com',
      'java.net.NoRouteToHostException: No route to host (Host unreachable)',
      'java.net.SocketException: Network is unreachable',
      'org.postgresql.util.PSQLException: The connection attempt failed.',
      'IO Error: The Network Adapter could not establish the connection',
    ],
  },
];
