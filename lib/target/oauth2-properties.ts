import type { OAuth2PropertiesInput } from '../../lambda/contract';
import type { OAuth2AuthenticationOptions } from './connection-authentication-options';
import { orNothing, type WithReferences } from '../secrets/rendering';
import type { SecretReference } from '../secrets/secret-reference';
import { checkSplitMap, joinBoth, splitMap } from '../secrets/split-map';
import { checkUrl } from '../secrets/value-checks';

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
  const parameters = splitMap('tokenUrlParameters', options);
  const { redirectUri, ...secrets } = ofGrant;
  checkUrl('tokenUrl', tokenUrl, 256);
  checkUrl('redirectUri', redirectUri, 512);
  checkSplitMap(parameters, { name: 128, value: 512 });
  return {
    OAuth2GrantType: grantType,
    OAuth2ClientApplication: clientApplication?._application,
    TokenUrl: tokenUrl,
    TokenUrlParametersMap: orNothing(joinBoth(parameters)),
    AuthorizationCodeProperties: orNothing({ AuthorizationCode: secrets.authorizationCode, RedirectUri: redirectUri }),
    OAuth2Credentials: orNothing({
      UserManagedClientApplicationClientSecret: clientApplication?._clientSecret,
      AccessToken: accessToken,
      RefreshToken: secrets.refreshToken,
      JwtToken: secrets.jwtToken,
    }),
  };
}

/** Checks that Glue has something to request a token with. */
export function requireOne(candidates: Readonly<Record<string, unknown>>): void {
  if (Object.values(candidates).every((candidate) => candidate === undefined)) {
    const names = Object.keys(candidates).map((name) => `'${name}'`);
    throw new Error(`one of ${names.join(', ')} is required, got: none of them`);
  }
}
