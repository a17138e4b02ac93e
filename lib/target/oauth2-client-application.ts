import type { OAuth2PropertiesInput } from '../../lambda/contract';
import { USER_MANAGED } from './authentication-shapes';
import { checkProps } from '../props/check-props';
import { TEXT } from '../props/kinds';
import type { WithReferences } from '../secrets/rendering';
import type { SecretReference } from '../secrets/secret-reference';
import { checkText } from '../secrets/value-checks';

/**
 * Options for `OAuth2ClientApplication.userManaged`.
 */
export interface UserManagedClientApplicationOptions {
  /**
   * The client id: 1 to 2048 characters.
   */
  readonly clientId: string | SecretReference;

  /**
   * The client secret: at most 512 characters of printable ASCII.
   *
   * @default - none, or the one in the secret that Glue reads
   */
  readonly clientSecret?: SecretReference;
}

/**
 * The application that asks an OAuth2 server for access.
 *
 * @see https://docs.aws.amazon.com/glue/latest/webapi/API_OAuth2ClientApplication.html
 */
export class OAuth2ClientApplication {
  /**
   * An application that AWS manages.
   *
   * @param reference the reference to it at the data source: 1 to 2048 characters
   */
  static awsManaged(reference: string): OAuth2ClientApplication {
    TEXT.check('reference', reference);
    checkText('reference', reference, { min: 1, max: 2048 });
    return new OAuth2ClientApplication({ AWSManagedClientApplicationReference: reference });
  }

  /**
   * An application of your own.
   *
   * @param options its id and its secret
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
