import type { OAuth2PropertiesInput } from '../../lambda/contract';
import { checkProps, type Shape } from '../props/check-props';
import { optional, TEXT } from '../props/kinds';
import type { WithReferences } from '../secrets/rendering';
import { SECRET_REFERENCE, TEXT_OR_REFERENCE } from '../secrets/secret-kinds';
import type { SecretReference } from '../secrets/secret-reference';
import { checkText } from '../secrets/value-checks';

/**
 * Options for `OAuth2ClientApplication.userManaged`.
 */
export interface UserManagedClientApplicationOptions {
  /**
   * The client ID: 1 to 2048 characters.
   */
  readonly clientId: string | SecretReference;

  /**
   * The client secret: at most 512 characters of printable ASCII.
   *
   * @default - none, or the one in the secret that Glue reads
   */
  readonly clientSecret?: SecretReference;
}

/** @internal */
export const USER_MANAGED: Shape<UserManagedClientApplicationOptions> = {
  clientId: TEXT_OR_REFERENCE,
  clientSecret: optional(SECRET_REFERENCE),
};

/**
 * The application that requests access from an OAuth2 server.
 *
 * @see https://docs.aws.amazon.com/glue/latest/webapi/API_OAuth2ClientApplication.html
 */
export class OAuth2ClientApplication {
  /**
   * An application that AWS manages.
   *
   * @param reference the data source's reference to the application: 1 to 2048 characters
   */
  static awsManaged(reference: string): OAuth2ClientApplication {
    TEXT.check('reference', reference);
    checkText('reference', reference, { min: 1, max: 2048 });
    return new OAuth2ClientApplication({ AWSManagedClientApplicationReference: reference });
  }

  /**
   * An application of your own.
   *
   * @param options the application's ID and secret
   */
  static userManaged(options: UserManagedClientApplicationOptions): OAuth2ClientApplication {
    checkProps('options', options, USER_MANAGED);
    checkText('clientId', options.clientId, { min: 1, max: 2048 });
    const application = { UserManagedClientApplicationClientId: options.clientId };
    return new OAuth2ClientApplication(application, options.clientSecret);
  }

  private constructor(
    /** @internal */
    readonly _application: WithReferences<OAuth2PropertiesInput['OAuth2ClientApplication']>,
    /** @internal */
    readonly _clientSecret?: SecretReference,
  ) {}
}
