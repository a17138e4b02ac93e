import type { CfnResource } from 'aws-cdk-lib';
import type { AppNetwork } from './app-network';
import { idOfResource, type Id } from './ids';

/** Where data stores, and what stands before them, name their security groups. */
const STORE_GROUPS: readonly { readonly type: string; readonly path: string }[] = [
  { type: 'AWS::DocDB::DBCluster', path: 'VpcSecurityGroupIds' },
  { type: 'AWS::EC2::Instance', path: 'SecurityGroupIds' },
  { type: 'AWS::ElasticLoadBalancingV2::LoadBalancer', path: 'SecurityGroups' },
  { type: 'AWS::MSK::Cluster', path: 'BrokerNodeGroupInfo.SecurityGroups' },
  { type: 'AWS::MSK::ServerlessCluster', path: 'VpcConfigs.*.SecurityGroups' },
  { type: 'AWS::Neptune::DBCluster', path: 'VpcSecurityGroupIds' },
  { type: 'AWS::OpenSearchService::Domain', path: 'VPCOptions.SecurityGroupIds' },
  { type: 'AWS::RDS::DBCluster', path: 'VpcSecurityGroupIds' },
  { type: 'AWS::RDS::DBInstance', path: 'VPCSecurityGroups' },
  { type: 'AWS::RDS::DBProxy', path: 'VpcSecurityGroupIds' },
  { type: 'AWS::RDS::DBProxyEndpoint', path: 'VpcSecurityGroupIds' },
  { type: 'AWS::Redshift::Cluster', path: 'VpcSecurityGroupIds' },
  { type: 'AWS::RedshiftServerless::Workgroup', path: 'SecurityGroupIds' },
];

const PATHS = new Map(STORE_GROUPS.map(({ type, path }) => [type, path]));

/** Where a type of data store names its security groups. */
export function pathOfGroups(type: string): string | undefined {
  return PATHS.get(type);
}

/** The security groups of the store that a connection's properties lead to, directly or by its secret. */
export function groupsOfStore(network: AppNetwork, connection: CfnResource): Id[] {
  const { references } = network;
  const { ConnectionInput } = network.propertiesOf(connection) as { ConnectionInput?: Record<string, unknown> };
  const { ConnectionProperties, AuthenticationConfiguration } = ConnectionInput ?? {};
  const reached = new Set(references.namedIn(connection, [ConnectionProperties, AuthenticationConfiguration]));
  const groups: Id[] = [];
  // A set goes on with what is added to it on the way.
  for (const resource of reached) {
    const path = pathOfGroups(resource.cfnResourceType);
    const own = path === undefined ? [] : network.idsAt(resource, path);
    groups.push(...own);
    if (own.length === 0) {
      // An instance of a cluster, an endpoint of a proxy, a secret: the store is behind it.
      references.namedIn(resource, network.propertiesOf(resource)).forEach((one) => reached.add(one));
      network
        .naming('AWS::SecretsManager::SecretTargetAttachment', 'SecretId', idOfResource(resource))
        .certain.forEach((one) => reached.add(one));
    }
  }
  return groups;
}
