/** What Secrets Manager appends to a secret's name in its ARN. */
const SUFFIX = /-[A-Za-z0-9]{6}$/;

/**
 * Whether both are the same secret.
 *
 * @param arn the full ARN
 * @param secretId a full ARN, one without the suffix, or a name
 */
export function isSameSecret(arn: string, secretId: string): boolean {
  const withoutSuffix = arn.replace(SUFFIX, '');
  return [arn, withoutSuffix, withoutSuffix.split(':').slice(6).join(':')].includes(secretId);
}
