import type * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import type { SecretValueReference } from '../../lambda/contract';
import { SECRET } from '../props/cdk-kinds';
import { checkProps, type Shape } from '../props/check-props';
import { optional, TEXT } from '../props/kinds';

/**
 * Options for `SecretReference.fromSecretsManager`.
 */
export interface SecretReferenceOptions {
  /**
   * The key to read from a secret that is a JSON object. Its value must be a string, a number or a boolean.
   *
   * @default - the whole secret
   */
  readonly jsonField?: string;

  /**
   * The staging label of the version to read.
   *
   * @see https://docs.aws.amazon.com/secretsmanager/latest/userguide/whats-in-a-secret.html#term_version
   * @default - the current version, `AWSCURRENT`
   */
  readonly versionStage?: string;
}

/** @internal */
export const SECRET_REFERENCE_OPTIONS: Shape<SecretReferenceOptions> = {
  jsonField: optional(TEXT),
  versionStage: optional(TEXT),
};

const NO_PART = 'a SecretReference can not be a part of a string: pass the reference itself as the whole value';

/** What Python makes of one in a text, where it asks nobody. */
const SHOWN_BY_PYTHON = /\bSecretReference object at 0x/;

/**
 * @throws an error when a reference has become a part of a text
 * @internal
 */
export function checkNoReferenceIn(text: string): void {
  if (SHOWN_BY_PYTHON.test(text)) {
    throw new Error(NO_PART);
  }
}

/**
 * A value in Secrets Manager that the test's function reads during the deployment. The template names the secret and
 * never contains the value.
 *
 * The test gets permission to read the secret and to decrypt it with the secret's key. The value is masked in every
 * log, event and attribute.
 *
 * @example
 *
 * const password = SecretReference.fromSecretsManager(secret, { jsonField: 'password' });
 */
export class SecretReference {
  /**
   * Refers to a value of a secret in Secrets Manager.
   *
   * @param secret the secret, created in this app or imported
   * @param options which value to read
   * @throws an error when `jsonField` or `versionStage` is empty
   */
  static fromSecretsManager(secret: secretsmanager.ISecret, options: SecretReferenceOptions = {}): SecretReference {
    SECRET.check('secret', secret);
    checkProps('options', options, SECRET_REFERENCE_OPTIONS);
    for (const [name, value] of Object.entries(options) as [string, string | undefined][]) {
      if (value === '') {
        throw new Error(`'${name}' must not be empty: leave it out, or name what it is in the secret`);
      }
    }
    return new SecretReference(secret, options);
  }

  private constructor(
    /** @internal */
    readonly _secret: secretsmanager.ISecret,
    private readonly options: SecretReferenceOptions,
  ) {}

  /**
   * Don't use this method. A secret can't be part of another string, because that string would be in the template.
   *
   * @throws an error in any case
   */
  toString(): string {
    throw new Error(NO_PART);
  }

  /** @internal */
  _render(): SecretValueReference {
    const { jsonField, versionStage } = this.options;
    return { SecretId: this._secret.secretArn, JsonKey: jsonField, VersionStage: versionStage };
  }
}
