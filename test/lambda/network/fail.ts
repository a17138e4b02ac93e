import { exception, output } from '../aws-stub';
import type { BlackBox, Result } from '../black-box';
import type { Network } from './network';

/** A connection `orders` in a network fails its test, and what Glue says of it. */
export async function failIn(
  blackBox: BlackBox,
  network: Network,
  says: string,
  properties: object = {},
  remainingMs = 900_000,
): Promise<Result & { findings: string[] }> {
  const { subnetId, securityGroupIds, availabilityZone, properties: ConnectionProperties } = network.connection;
  blackBox.aws.network = network;
  blackBox.aws.script('TestConnection', 'orders', exception('InvalidInputException', says));
  const requirements = {
    SubnetId: subnetId,
    SecurityGroupIdList: securityGroupIds,
    AvailabilityZone: availabilityZone,
  };
  const Connection = { ConnectionProperties, PhysicalConnectionRequirements: requirements };
  blackBox.aws.script('GetConnection', 'orders', output({ Connection }));
  const result = await blackBox.invoke({
    // On a Create, a network gets time to come up.
    requestType: 'Update',
    remainingMs,
    properties: { ConnectionName: 'orders', MaxAttempts: '1', TimeoutSeconds: '1', ...properties },
  });
  const failed = result.entries.find(({ event }) => event === 'connection failed');
  return { ...result, findings: (failed?.findings ?? []) as string[] };
}

/** The inbound rules of the data store's group are gone. */
export function closeStore(network: Network): Network {
  network.securityGroups.find(({ id }) => id === 'sg-store')!.inbound = [];
  return network;
}
