import type { Signature } from '../diagnosis';
import { ENCRYPTED_SECRETS, PROPERTIES, SECRETS } from './links';

const DECRYPT = "Allow the role kms:Decrypt with the secret's key, in its own policy and in that of the key.";

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
    anyOf: [/secret.{0,80}marked for deletion/],
    category: 'SECRET',
    cause: 'The secret of the connection is being deleted.',
    nextStep: 'Restore the secret, or name another one.',
    link: SECRETS,
  },
  {
    anyOf: ['decrypt the protected secret'],
    category: 'ENCRYPTION',
    cause: "The role that runs the test may not use the key of the connection's secret.",
    nextStep: DECRYPT,
    link: ENCRYPTED_SECRETS,
  },
  {
    anyOf: ['access to kms is not allowed'],
    // Secrets Manager says so by an AccessDeniedException, which a new permission may still pass.
    category: 'ACCESS_DENIED',
    cause: "The role that runs the test may not use the key of the connection's secret, or not yet.",
    nextStep: DECRYPT,
    link: ENCRYPTED_SECRETS,
  },
];

/** A message may speak of a secret without missing anything in it. */
const LACKS = "(must|missing|lacks?|without|no|does(n't| not) (have|contain))";
const KEY = '(keys?|username|password)';

/** What the secret holds, in words that others may use by chance. */
export const SECRET_KEYS: readonly Signature[] = [
  {
    anyOf: [
      sentence('secret', LACKS, KEY),
      sentence('(missing|no)', KEY, 'secret'),
      sentence(KEY, 'missing', 'secret'),
    ],
    category: 'SECRET',
    cause: 'The secret lacks a key that Glue reads.',
    nextStep:
      "Store a JSON object with the keys 'username' and 'password' (Snowflake: 'snowflakeUser', 'snowflakePassword').",
    link: PROPERTIES,
  },
];

/** Words in this order, not far from each other. */
function sentence(...words: readonly string[]): RegExp {
  return new RegExp(words.map((word) => `\\b${word}\\b`).join('.{0,80}'));
}
