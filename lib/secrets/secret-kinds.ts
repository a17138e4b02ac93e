import { isText, kind, type Kind } from '../props/kinds';
import { requireSecretReference } from './plain-secrets';
import { SecretReference } from './secret-reference';

export const SECRET_REFERENCE: Kind = { expected: 'a SecretReference', check: requireSecretReference };

export const TEXT_OR_REFERENCE = kind(
  'a string or a SecretReference',
  (value) => isText(value) || value instanceof SecretReference,
  { isSecret: true },
);
