import type { Signature } from '../diagnosis';
import { PROPERTIES, SECRETS } from './links';

/** The secret that holds the credentials. */
export const SECRET: readonly Signature[] = [
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
];
