import type { Signature } from '../diagnosis';
import { JDBC, PROPERTIES, TLS } from './links';

/** Problems while the driver and the data store negotiate a connection. */
export const TLS_AND_DRIVER: readonly Signature[] = [
  {
    anyOf: [/no pg_hba\.conf entry.{0,300}(no encryption|ssl off)/, 'require_secure_transport=on'],
    category: 'CONFIGURATION',
    cause: 'The database accepts connections with TLS only.',
    nextStep: "Set the connection's JDBC_ENFORCE_SSL to true.",
    link: TLS,
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
    link: TLS,
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
      /ssl connection required,? but not supported/,
      /host ?name.{0,300}certificate/,
      /certificate.{0,300}host ?name/,
      'no subject alternative',
    ],
    category: 'CONFIGURATION',
    cause: 'The TLS settings of the connection and of the data store do not match.',
    nextStep: "Check JDBC_ENFORCE_SSL, and CUSTOM_JDBC_CERT if no public authority signed the store's certificate.",
    link: TLS,
  },
  {
    anyOf: [/authentication type 1\d is not supported/],
    category: 'CONFIGURATION',
    cause: "The driver is too old for PostgreSQL's SCRAM authentication.",
    nextStep: "Use a newer driver, or set the server's password_encryption to md5 and set the password again.",
    link: PROPERTIES,
  },
  {
    anyOf: ['no suitable driver', 'classnotfoundexception'],
    category: 'CONFIGURATION',
    cause: 'The JDBC driver was not found.',
    nextStep: 'Check the JDBC URL, JDBC_DRIVER_JAR_URI and JDBC_DRIVER_CLASS_NAME.',
    link: JDBC,
  },
];
