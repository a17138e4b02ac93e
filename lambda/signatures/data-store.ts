import type { Signature } from '../diagnosis';
import { JDBC, PROPERTIES } from './links';

/** What the data store says once it is reached. */
export const DATA_STORE: readonly Signature[] = [
  {
    anyOf: ['unknown database', /database .{1,130} does not exist/, /\b3d000\b/],
    category: 'CONFIGURATION',
    cause: 'The data store has no database of this name.',
    nextStep: 'Correct the name in the JDBC URL: it is that of the database, not the identifier of the instance.',
    link: JDBC,
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
];
