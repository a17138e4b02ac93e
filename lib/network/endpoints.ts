import type { CfnResource } from 'aws-cdk-lib';
import type { AppNetwork } from './app-network';
import { partsOf } from '../cdk/text-parts';

export const VPC_ENDPOINT = 'AWS::EC2::VPCEndpoint';

/** Whether an endpoint is one; by default it is a gateway. */
export function typeOfEndpoint(network: AppNetwork, endpoint: CfnResource): unknown {
  return network.propertiesOf(endpoint).VpcEndpointType ?? 'Gateway';
}

/** The last part of the service's name, such as `s3`; undefined where it isn't known. */
export function serviceOf(network: AppNetwork, endpoint: CfnResource): string | undefined {
  const { ServiceName } = network.propertiesOf(endpoint);
  const last = ServiceName === undefined ? undefined : partsOf(ServiceName).at(-1);
  return typeof last === 'string' && last.includes('.') ? last.slice(last.lastIndexOf('.') + 1) : undefined;
}
