import { credentialsOf } from '../base/redaction/credentials';
import { SECRET_REFERENCE } from './model';
import { soundsSecret } from '../base/redaction/secret-names';

/** Members of Glue's input that sound secret but are only around what is: each of their own members tells for itself. */
const AROUND_SECRETS: ReadonlySet<string> = new Set([
  'AuthorizationCodeProperties',
  'BasicAuthenticationCredentials',
  'TokenUrlParametersMap',
]);

/** Its values are secrets, whatever their keys. */
const CUSTOM_CREDENTIALS = 'CustomAuthenticationCredentials';

/**
 * Every string below a key that sounds secret, however deep, and the credentials in all others, such as URLs: without
 * recursion, since an event is not to be trusted.
 */
export function secretsIn(root: unknown): string[] {
  const secrets: string[] = [];
  const left: { readonly key: string; readonly value: unknown; readonly isSecret: boolean }[] = [
    { key: '', value: root, isSecret: false },
  ];
  for (let next = left.pop(); next !== undefined; next = left.pop()) {
    const { key, value, isSecret } = next;
    if (typeof value === 'string') {
      (isSecret ? [value] : credentialsOf(value)).forEach((secret) => secrets.push(secret));
    }
    if (typeof value !== 'object' || value === null || (isReference(value) && key !== CUSTOM_CREDENTIALS)) {
      continue;
    }
    const isInherited = isSecret && !AROUND_SECRETS.has(key);
    for (const [name, member] of Object.entries(value)) {
      left.push({ key: name, value: member, isSecret: isInherited || soundsSecret(name) });
    }
  }
  return secrets;
}

/** Whether it only names a secret, which is still to be read: `{ SecretId, JsonKey?, VersionStage? }`. */
function isReference(value: object): boolean {
  const names = Object.keys(value);
  return names.includes('SecretId') && names.every((name) => Object.hasOwn(SECRET_REFERENCE.members, name));
}
