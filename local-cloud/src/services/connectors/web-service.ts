import type { ConnectionSettings } from '../test-connection-request';
import { invalidInput, type CredentialSource } from './credentials';
import { federationFault, send } from './http';
import { accessToken } from './oauth2';

/**
 * Signs in to the service that a connection of any other type than JDBC stands for, such as Salesforce.
 *
 * @see https://docs.aws.amazon.com/glue/latest/dg/connecting-to-data-salesforce.html
 */
export async function testWebService(settings: ConnectionSettings, source: CredentialSource): Promise<void> {
  const { ConnectionType: type, AuthenticationConfiguration: authentication } = settings;
  if (authentication === undefined) {
    throw invalidInput(`AuthenticationConfiguration is required: ${type} without it is not modelled`);
  }
  switch (authentication.AuthenticationType) {
    case 'OAUTH2': {
      const { token, isNew } = await accessToken(authentication, source);
      // A token that was made just now needs no second proof.
      if (!isNew) {
        await visit(settings, `Bearer ${token}`);
      }
      return;
    }
    case 'BASIC': {
      const { username, password } = await source.user(settings);
      return visit(settings, `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`);
    }
    default:
      throw invalidInput(
        `Authentication type ${authentication.AuthenticationType ?? 'none'} of ${type} is not modelled`,
      );
  }
}

async function visit({ ConnectionProperties }: ConnectionSettings, authorization: string): Promise<void> {
  const url = ConnectionProperties.INSTANCE_URL;
  if (url === undefined || !URL.canParse(url)) {
    throw invalidInput('ConnectionProperties must have INSTANCE_URL');
  }
  const { ok, status } = await send(url, { authorization });
  if (!ok) {
    throw federationFault(status);
  }
}
