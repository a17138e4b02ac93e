import type { OAuth2PropertiesInput } from '../lambda/contract';
import type { OAuth2AuthenticationOptions } from './connection-authentication-options';
import { orNothing, type WithReferences } from './rendering';
import { checkSecretReference } from './secrecy';
import type { SecretReference } from './secret-reference';
import { checkSplitMap, join, type SplitMap } from './split-map';
import { checkText, checkUrl } from './validation';

type Properties = WithReferences<OAuth2PropertiesInput>;

/** What only some grants have. */
interface OfGrant {
  readonly refreshToken?: SecretReference;
  readonly jwtToken?: SecretReference;
  readonly authorizationCode?: SecretReference;
  readonly redirectUri?: string;
}

/** Glue's structure for a grant, checked. */
export function oauth2Properties(
  grantType: string,
  options: OAuth2AuthenticationOptions,
  ofGrant: OfGrant = {},
): Properties {
  const { clientApplication, tokenUrl, accessToken } = options;
  const parameters = tokenUrlParametersOf(options);
  const { redirectUri, ...secrets } = ofGrant;
  checkUrl('tokenUrl', tokenUrl, 256);
  checkUrl('redirectUri', redirectUri, 512);
  for (const [property, map] of [
    [parameters.property, parameters.values],
    [parameters.secretProperty, parameters.references],
  ] as const) {
    for (const name of Object.keys(map ?? {})) {
      checkText(`a name in '${property}'`, name, { min: 1, max: 128 });
    }
  }
  checkSplitMap(parameters, 512);
  for (const [name, secret] of Object.entries({ accessToken, ...secrets })) {
    checkSecretReference(name, secret);
  }
  return {
    OAuth2GrantType: grantType,
    OAuth2ClientApplication: clientApplication?._application,
    TokenUrl: tokenUrl,
    TokenUrlParametersMap: orNothing(join(parameters)),
    AuthorizationCodeProperties: orNothing({ AuthorizationCode: secrets.authorizationCode, RedirectUri: redirectUri }),
    OAuth2Credentials: orNothing({
      UserManagedClientApplicationClientSecret: clientApplication?._clientSecret,
      AccessToken: accessToken,
      RefreshToken: secrets.refreshToken,
      JwtToken: secrets.jwtToken,
    }),
  };
}

function tokenUrlParametersOf({ tokenUrlParameters, secretTokenUrlParameters }: OAuth2AuthenticationOptions): SplitMap {
  return {
    property: 'tokenUrlParameters',
    values: tokenUrlParameters,
    secretProperty: 'secretTokenUrlParameters',
    references: secretTokenUrlParameters,
  };
}

/** Without any of them, Glue has nothing to ask with. */
export function requireOne(candidates: Readonly<Record<string, unknown>>): void {
  if (Object.values(candidates).every((candidate) => candidate === undefined)) {
    const names = Object.keys(candidates).map((name) => `'${name}'`);
    throw new Error(`one of ${names.join(', ')} is required, got: none of them`);
  }
}
