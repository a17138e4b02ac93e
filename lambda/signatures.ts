import type { Category } from './contract';

/** What a failure means, and what to do about it. */
export interface Diagnosis {
  readonly category: Exclude<Category, 'NONE'>;
  readonly cause: string;
  readonly nextStep: string;
  /** AWS's page about it. */
  readonly link: string;
}

/** A diagnosis for messages that, in small letters, hold one of these texts or match one of these patterns. */
export interface Signature extends Diagnosis {
  readonly anyOf: readonly (string | RegExp)[];
}

const GLUE_GUIDE = 'https://docs.aws.amazon.com/glue/latest/dg';
const TROUBLESHOOTING = `${GLUE_GUIDE}/glue-troubleshooting-errors.html`;
const PROPERTIES = `${GLUE_GUIDE}/connection-properties.html`;
const VPC_SETUP = `${GLUE_GUIDE}/setup-vpc-for-glue-access.html`;
const RUNBOOK =
  'https://docs.aws.amazon.com/systems-manager-automation-runbooks/latest/userguide/automation-awssupport-troubleshootglueconnection.html';
const ACCESS_DENIED = 'https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html';
const SECRETS = 'https://docs.aws.amazon.com/secretsmanager/latest/userguide/troubleshoot.html';

/**
 * What is known of messages, the more special ones first. Glue doesn't document its texts, so they are matched loosely:
 * most were seen in its console, jobs and crawlers. To add one, add an entry, and a message to its test.
 */
export const SIGNATURES: readonly Signature[] = [
  // What Glue can test
  {
    anyOf: ['only supported for unified connections'],
    category: 'UNSUPPORTED',
    cause: 'Glue cannot test this connection.',
    nextStep: "Set 'OnUnsupported' to WARN to deploy it untested, or test it with a job of its own.",
    link: 'https://docs.aws.amazon.com/glue/latest/webapi/API_TestConnection.html',
  },
  {
    anyOf: ['no enum constant com.amazonaws'],
    category: 'INVALID_INPUT',
    cause: 'Glue does not know the type of this connection.',
    nextStep: "Correct the connection's ConnectionType.",
    link: PROPERTIES,
  },

  // Network of the connection
  {
    anyOf: ['could not find s3 endpoint or nat gateway', /s3 endpoint.*validation.*failed/, 'unabletofindvpcendpoint'],
    category: 'CONFIGURATION',
    cause: 'The subnet of the connection has no route to Amazon S3.',
    nextStep: "Add a gateway endpoint for S3 to the subnet's route table, or a NAT gateway.",
    link: TROUBLESHOOTING,
  },
  {
    anyOf: ['open all ingress ports'],
    category: 'CONFIGURATION',
    cause: 'No security group of the connection lets its own members in.',
    nextStep: 'Add an inbound rule for all TCP ports to one of them, with the group itself as its source.',
    link: VPC_SETUP,
  },
  {
    anyOf: ['open all egress ports'],
    category: 'CONFIGURATION',
    cause: 'No security group of the connection lets traffic out.',
    nextStep: 'Open all outbound ports in one of them, or add an outbound rule to the group itself.',
    link: VPC_SETUP,
  },
  {
    anyOf: ['unable to resolve any valid connection'],
    category: 'CONFIGURATION',
    cause: 'The connection has no usable network: its Availability Zone, subnet or route is missing.',
    nextStep: 'Set AvailabilityZone, SubnetId and SecurityGroupIdList, and check the routes of the subnet.',
    link: RUNBOOK,
  },
  {
    anyOf: ['connection_list_connection_with_az_null', 'availabilityzone cannot be null or empty'],
    category: 'CONFIGURATION',
    cause: 'The connection has no Availability Zone.',
    nextStep: "Set AvailabilityZone to that of the connection's subnet; the CDK's glue.Connection does so by itself.",
    link: VPC_SETUP,
  },
  {
    anyOf: ['does not correspond to subnet'],
    category: 'CONFIGURATION',
    cause: "The connection's Availability Zone is not that of its subnet.",
    nextStep: "Set AvailabilityZone to the subnet's own.",
    link: VPC_SETUP,
  },
  {
    anyOf: ['could not find subnet for az'],
    category: 'CONFIGURATION',
    cause: 'Glue cannot use a subnet in this Availability Zone.',
    nextStep: 'Put the connection into a subnet of another zone.',
    link: TROUBLESHOOTING,
  },
  {
    anyOf: ['number of ip addresses on subnet', 'enough free addresses'],
    category: 'RESOURCE_LIMIT',
    cause: 'The subnet of the connection has no free IP addresses.',
    nextStep: 'Use a larger subnet, or run fewer tests and jobs at once.',
    link: VPC_SETUP,
  },
  {
    anyOf: ['no private dns for network interface', 'reverse dns resolution'],
    category: 'CONFIGURATION',
    cause: 'DNS hostnames are turned off in the VPC of the connection.',
    nextStep: 'Turn on enableDnsHostnames and enableDnsSupport of the VPC.',
    link: `${GLUE_GUIDE}/set-up-vpc-dns.html`,
  },

  // Permissions
  {
    anyOf: ['failed to call ec2:', 'action is unauthorized'],
    category: 'PROPAGATION',
    cause: 'The role that runs the test lacks an action that Glue needs to look at the network.',
    nextStep: "Grant the role the action that Glue names; 'inVpc' of ConnectionTarget.fromName grants all of them.",
    link: TROUBLESHOOTING,
  },
  {
    anyOf: ['assume role permissions for glue service'],
    category: 'PROPAGATION',
    cause: 'Glue cannot assume the role that the connection names.',
    nextStep: 'Let glue.amazonaws.com assume the role, and the role that runs the test pass it.',
    link: `${GLUE_GUIDE}/create-an-iam-role.html`,
  },
  {
    anyOf: ['is not authorized to perform'],
    category: 'PROPAGATION',
    cause: 'The role that runs the test may not do this, or was granted it too recently.',
    nextStep:
      'Grant the role the action on the resource; look for a denial in its boundary, and in policies of the organization.',
    link: ACCESS_DENIED,
  },

  // Secret
  {
    anyOf: ["can't find the specified secret"],
    category: 'SECRET',
    cause: 'The secret of the connection does not exist.',
    nextStep: "Correct the connection's SECRET_ID, or create the secret before the connection.",
    link: SECRETS,
  },
  {
    anyOf: [/secret.*marked for deletion/],
    category: 'SECRET',
    cause: 'The secret of the connection is being deleted.',
    nextStep: 'Restore the secret, or name another one.',
    link: SECRETS,
  },
  {
    anyOf: [/\bsecret\b.*\b(keys?|username|password)\b/],
    category: 'SECRET',
    cause: 'The secret lacks a key that Glue reads.',
    nextStep:
      "Store a JSON object with the keys 'username' and 'password' (Snowflake: 'snowflakeUser', 'snowflakePassword').",
    link: PROPERTIES,
  },

  // TLS, before what it may look like: a store that can't be reached, or refused credentials
  {
    anyOf: [/no pg_hba\.conf entry.*(no encryption|ssl off)/],
    category: 'CONFIGURATION',
    cause: 'The database accepts connections with TLS only.',
    nextStep: "Set the connection's JDBC_ENFORCE_SSL to true.",
    link: `${PROPERTIES}#connection-properties-SSL`,
  },
  {
    anyOf: ['no pg_hba.conf entry'],
    category: 'CONFIGURATION',
    cause: 'The database does not accept this user from this address.',
    nextStep: "Add an entry for the connection's subnet to the database's pg_hba.conf.",
    link: 'https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/CHAP_PostgreSQL.html',
  },
  {
    anyOf: ['public key retrieval is not allowed'],
    category: 'CONFIGURATION',
    cause: "MySQL's caching_sha2_password needs TLS.",
    nextStep: "Set the connection's JDBC_ENFORCE_SSL to true.",
    link: `${PROPERTIES}#connection-properties-SSL`,
  },
  {
    anyOf: ['failed to load ssl keystore'],
    category: 'CONFIGURATION',
    cause: 'The Kafka client keystore cannot be read.',
    nextStep: 'Store it in the JKS format, and check its password.',
    link: `${PROPERTIES}#connection-properties-kafka-client-auth`,
  },
  {
    anyOf: [
      /ssl ?handshake/,
      'pkix path',
      'support ssl',
      /host ?name.*certificate|certificate.*host ?name/,
      'no subject alternative',
    ],
    category: 'CONFIGURATION',
    cause: 'The TLS settings of the connection and of the data store do not match.',
    nextStep: "Check JDBC_ENFORCE_SSL, and CUSTOM_JDBC_CERT if the store's certificate is not of a public authority.",
    link: `${PROPERTIES}#connection-properties-SSL`,
  },

  // Driver
  {
    anyOf: [/authentication type 1\d is not supported/],
    category: 'CONFIGURATION',
    cause: "The driver is too old for PostgreSQL's SCRAM authentication.",
    nextStep: "Use a newer driver, or set the server's password_encryption to md5 and the password anew.",
    link: PROPERTIES,
  },
  {
    anyOf: ['no suitable driver', 'classnotfoundexception'],
    category: 'CONFIGURATION',
    cause: 'The JDBC driver was not found.',
    nextStep: 'Check the JDBC URL, JDBC_DRIVER_JAR_URI and JDBC_DRIVER_CLASS_NAME.',
    link: `${PROPERTIES}#connection-properties-jdbc`,
  },

  // What the data store says
  {
    anyOf: ['unknown database', /database .* does not exist/, /\b3d000\b/],
    category: 'CONFIGURATION',
    cause: 'The data store has no database of this name.',
    nextStep: 'Correct the name in the JDBC URL: it is that of the database, not the identifier of the instance.',
    link: `${PROPERTIES}#connection-properties-jdbc`,
  },
  {
    anyOf: [
      'access denied for user',
      'password authentication failed',
      'ora-01017',
      /\b28(000|p01)\b/,
      'login failed for user',
      'exception authenticating mongocredential',
      'incorrect username or password',
    ],
    category: 'CREDENTIALS',
    cause: 'The data store refused the user name or the password.',
    nextStep: "Compare the connection's secret, or its USERNAME and PASSWORD, with the data store.",
    link: PROPERTIES,
  },
  {
    anyOf: [/mongo.*connection url is not supported/],
    category: 'CONFIGURATION',
    cause: 'The MongoDB or DocumentDB URL has the wrong form.',
    nextStep: 'Use mongodb://HOST:PORT/DATABASE.',
    link: `${PROPERTIES}#connection-properties-mongodb`,
  },
  {
    anyOf: ['invalid kafka connection parameters'],
    category: 'CONFIGURATION',
    cause: 'Properties of the Kafka connection are missing or do not fit each other.',
    nextStep: 'Check KAFKA_BOOTSTRAP_SERVERS and the properties of its authentication.',
    link: PROPERTIES,
  },
  {
    anyOf: ['authentication type needs to be used'],
    category: 'CONFIGURATION',
    cause: 'This type of connection needs an AuthenticationConfiguration.',
    nextStep: 'Set AuthenticationConfiguration with the type that Glue names.',
    link: PROPERTIES,
  },

  // Network to the data store
  {
    anyOf: [
      'communications link failure',
      /connect(ion)? timed out/,
      'connection refused',
      'unknownhostexception',
      'no route to host',
      'the connection attempt failed',
      'could not establish the connection',
    ],
    category: 'UNREACHABLE',
    cause: 'Glue cannot reach the data store.',
    nextStep:
      "Check host and port, the store's inbound rules for the connection's security group, and the routes of the " +
      'subnet. The runbook AWSSupport-TroubleshootGlueConnection does it for you.',
    link: RUNBOOK,
  },
];
