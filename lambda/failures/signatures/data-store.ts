import type { Signature } from '../diagnosis';
import { JDBC, PROPERTIES } from './links';

/** What the data store says once Glue has reached it. */
export const DATA_STORE: readonly Signature[] = [
  {
    anyOf: ['too many clients', 'too many connections', 'remaining connection slots are reserved'],
    category: 'RESOURCE_LIMIT',
    cause: 'The data store has reached its connection limit.',
    nextStep: "Raise the data store's connection limit, or run fewer tests and jobs at once.",
    link: 'https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/CHAP_Limits.html',
  },
  {
    anyOf: ['unknown database', /database .{1,130} does not exist/, /\b3d000\b/],
    category: 'CONFIGURATION',
    cause: 'The data store has no database of this name.',
    nextStep: 'Correct the name in the JDBC URL: it is that of the database, not the identifier of the instance.',
    link: JDBC,
  },
  {
    anyOf: ['ora-12514', 'ora-12505'],
    category: 'CONFIGURATION',
    cause: 'The Oracle listener does not know the service or the SID.',
    nextStep: 'Correct the end of the JDBC URL: HOST:PORT/SERVICE for a service name, HOST:PORT:SID for a SID.',
    link: JDBC,
  },
  {
    // SQL Server also says that the login failed, so this comes before the signature for refused credentials.
    anyOf: [/access denied for user .{1,300} to database/, /cannot open database .{1,150} requested by the login/],
    category: 'CONFIGURATION',
    cause: 'The user has no rights on the database, or the database does not exist.',
    nextStep: 'Grant the user rights on the database, or correct its name in the JDBC URL.',
    link: JDBC,
  },

  // For a locked account, some stores also say that the login failed, so this comes before the signature for refused
  // credentials.
  {
    anyOf: ['ora-28000', /account is (currently )?locked/],
    category: 'CREDENTIALS',
    cause: 'The data store has locked the account of the user.',
    nextStep: 'Unlock it, and find the jobs or connections that use an old password.',
    link: PROPERTIES,
  },
  {
    anyOf: ['ora-28001', /password.{0,30} has expired/],
    category: 'CREDENTIALS',
    cause: 'The password has expired.',
    nextStep: "Set a new one in the data store, then in the connection's secret, or its PASSWORD.",
    link: PROPERTIES,
  },
  {
    anyOf: [
      'access denied for user',
      'password authentication failed',
      'ora-01017',
      // Without its prefix, the number could be a port.
      /sqlstate\W{0,10}28000\b/,
      /\b28p01\b/,
      'login failed for user',
      'exception authenticating mongocredential',
      'incorrect username or password',
    ],
    category: 'CREDENTIALS',
    cause: 'The data store refused the user name or the password.',
    nextStep: "Compare the connection's secret, or its USERNAME and PASSWORD, with the data store.",
    link: PROPERTIES,
  },
];
