import type { CfnResource } from 'aws-cdk-lib';
import type { AppReferences } from '../cdk/app-references';
import { valuesAt } from '../cdk/values-at';

/** A resource that a data store needs to be reachable. It refers to the store, and the store doesn't refer to it. */
export interface StoreFollower {
  readonly type: string;
  /** The property that names the store. */
  readonly property: string;
  readonly store: string;
  /** The store's own property that holds its name, where the app may give one. */
  readonly name?: string;
}

/** A test searches CloudFormation's specification for others. */
export const STORE_FOLLOWERS: readonly StoreFollower[] = [
  ...['RDS', 'Neptune', 'DocDB'].map((service) => ({
    type: `AWS::${service}::DBInstance`,
    property: 'DBClusterIdentifier',
    store: `AWS::${service}::DBCluster`,
    name: 'DBClusterIdentifier',
  })),
  {
    type: 'AWS::RDS::DBShardGroup',
    property: 'DBClusterIdentifier',
    store: 'AWS::RDS::DBCluster',
    name: 'DBClusterIdentifier',
  },
  { type: 'AWS::RDS::DBProxyTargetGroup', property: 'DBProxyName', store: 'AWS::RDS::DBProxy', name: 'DBProxyName' },
  {
    type: 'AWS::RedshiftServerless::Workgroup',
    property: 'NamespaceName',
    store: 'AWS::RedshiftServerless::Namespace',
    name: 'NamespaceName',
  },
  { type: 'AWS::MSK::BatchScramSecret', property: 'ClusterArn', store: 'AWS::MSK::Cluster' },
  // It writes the store's address into the secret.
  {
    type: 'AWS::SecretsManager::SecretTargetAttachment',
    property: 'SecretId',
    store: 'AWS::SecretsManager::Secret',
    name: 'Name',
  },
];

const PROPERTIES = new Map(STORE_FOLLOWERS.map((follower) => [follower.type, follower]));
const NAMES = new Map(STORE_FOLLOWERS.map(({ store, name }) => [store, name]));

/** Which followers the stores of an app have. */
export class StoreFollowers {
  private readonly byStore = new Map<CfnResource, CfnResource[]>();
  private readonly byName = new Map<string, CfnResource[]>();

  constructor(
    resources: readonly CfnResource[],
    private readonly references: AppReferences,
  ) {
    for (const resource of resources) {
      const follower = PROPERTIES.get(resource.cfnResourceType);
      if (follower !== undefined) {
        this.add(resource, follower);
      }
    }
  }

  /**
   * The followers of all stores that the values lead to, directly or through other resources: a secret to the store that
   * it is attached to, the endpoint of a proxy to the proxy, and that to its target.
   */
  of(seeds: () => readonly CfnResource[]): CfnResource[] {
    if (this.byName.size === 0) {
      return [];
    }
    const reached = new Set(seeds());
    const followers = new Set<CfnResource>();
    // A set goes on with what is added to it on the way.
    for (const resource of reached) {
      for (const follower of this.followersOf(resource)) {
        followers.add(follower);
        reached.add(follower);
      }
      const { entry } = this.references.resolve(resource);
      this.references.namedIn(resource, entry.Properties).forEach((one) => reached.add(one));
    }
    return [...followers];
  }

  private followersOf(store: CfnResource): readonly CfnResource[] {
    const property = NAMES.get(store.cfnResourceType);
    const name = property === undefined ? undefined : this.references.resolve(store).entry.Properties?.[property];
    return [
      ...(this.byStore.get(store) ?? []),
      ...(name === undefined ? [] : (this.byName.get(storeKey(store, store.cfnResourceType, name)) ?? [])),
    ];
  }

  private add(resource: CfnResource, { property, store }: StoreFollower): void {
    for (const value of valuesAt(this.references.resolve(resource).entry.Properties, property)) {
      for (const named of this.references.namedIn(resource, value)) {
        if (named.cfnResourceType === store) {
          this.byStore.set(named, [...(this.byStore.get(named) ?? []), resource]);
        }
      }
      const key = storeKey(resource, store, value);
      this.byName.set(key, [...(this.byName.get(key) ?? []), resource]);
    }
  }
}

/** In one stack, equal names of stores of one type mean one store. */
function storeKey({ stack }: CfnResource, store: string, name: unknown): string {
  return JSON.stringify([stack.node.addr, store, name]);
}
