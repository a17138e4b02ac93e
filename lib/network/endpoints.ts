import { Token, type CfnResource } from 'aws-cdk-lib';
import { serviceOfEndpoint } from '../../lambda/network/rules/endpoint-service';
import type { AppNetwork } from './app-network';
import { partsOf } from '../cdk/text-parts';

/** Whatever it is. */
const OWN_REGION = 'own-region';

export const VPC_ENDPOINT = 'AWS::EC2::VPCEndpoint';

/** What an endpoint is; by default, a gateway. */
export function typeOfEndpoint(network: AppNetwork, endpoint: CfnResource): unknown {
  return network.propertiesOf(endpoint).VpcEndpointType ?? 'Gateway';
}

/** The service of an endpoint, such as `s3`; undefined where it isn't known. */
export function serviceOf(network: AppNetwork, endpoint: CfnResource): string | undefined {
  const { ServiceName } = network.propertiesOf(endpoint);
  const { region } = endpoint.stack;
  const parts = ServiceName === undefined ? [] : partsOf(ServiceName);
  const texts = parts.map((part) => (isRegion(part) ? OWN_REGION : part)).filter((part) => typeof part === 'string');
  const name = texts.join('');
  const own = name.includes(OWN_REGION) ? OWN_REGION : Token.isUnresolved(region) ? undefined : region;
  return texts.length === 0 || texts.length < parts.length ? undefined : serviceOfEndpoint(name, own);
}

function isRegion(part: string | object): boolean {
  return typeof part === 'object' && 'Ref' in part && part.Ref === 'AWS::Region';
}
