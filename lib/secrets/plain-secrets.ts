import { isSecretName } from '../../lambda/base/redaction/secret-names';
import { SecretReference } from './secret-reference';

/** `//user:password@host`, unless what follows the colon is a port; and Oracle's `user/password@host`. */
const USER_INFO = /:\/\/[^\s/?#:@;]*:(?!\d+(?:[/?,;]|$))[^\s?;]+@|:(?:thin|oci\d?):[^\s/@]+\/[^\s@]+@/i;

/** `name=value` among the parameters of a URL. */
const PARAMETER = /[?&;:,/(]\s*([\w.-]+)\s*=\s*[^\s;&]/g;

/**
 * Checks that a secret is only referred to. Languages without TypeScript's types could pass anything.
 *
 * @throws an error that names the property, never its value
 */
export function requireSecretReference(property: string, value: unknown): void {
  if (!(value instanceof SecretReference)) {
    throw new Error(
      `'${property}' must be a SecretReference, so that no secret gets into the template, got: ${typeof value}; ` +
        'use SecretReference.fromSecretsManager(secret, { jsonField })',
    );
  }
}

/**
 * Checks that a URL has no password, even if a part of it is only known at deployment.
 *
 * @throws an error that names the property, never its value
 */
export function checkNoSecretInUrl(property: string, value: string | SecretReference | undefined): void {
  if (typeof value === 'string' && holdsSecretInUrl(value)) {
    throw new Error(
      `'${property}' must not hold a password, since it would be in the template: pass it as a SecretReference of its own`,
    );
  }
}

/** Whether a URL has a place for a password that is filled, whatever the value is. */
export function holdsSecretInUrl(value: string): boolean {
  const names = Array.from(value.matchAll(PARAMETER), ([, name = '']) => name);
  return USER_INFO.test(value) || names.some(isSecretName);
}
