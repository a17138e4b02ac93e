import { CfnResource } from 'aws-cdk-lib';
import { evaluateResource, namedIn, type Resolved } from '../cdk/references';
import { asText } from '../cdk/resolvers';
import { valuesAt } from '../cdk/values-at';

/** Where a service that keeps a secret of its own takes the key for it. A test searches CloudFormation's specification. */
export const KEYS_OF_MANAGED_SECRETS: ReadonlyMap<string, string> = new Map([
  ['AWS::RDS::DBCluster', 'MasterUserSecret.KmsKeyId'],
  ['AWS::RDS::DBInstance', 'MasterUserSecret.KmsKeyId'],
  ['AWS::Redshift::Cluster', 'MasterPasswordSecretKmsKeyId'],
  ['AWS::RedshiftServerless::Namespace', 'AdminPasswordSecretKmsKeyId'],
]);

/** A secret that a service keeps, such as that of a database's master user. */
export interface ManagedSecret {
  readonly arn: string;
  /** An ARN, an id or an alias; none where it is AWS's own key. */
  readonly keyId?: string | undefined;
}

/** The secret that a resolved value refers to by an attribute such as `MasterUserSecret.SecretArn`. */
export function managedSecretIn({ value, references }: Resolved): ManagedSecret | undefined {
  for (const { name } of references.size === 0 ? [] : namedIn(value)) {
    const resource = references.get(name);
    if (resource !== undefined && CfnResource.isCfnResource(resource)) {
      const attribute = name.slice(resource.node.addr.length + 1);
      if (attribute.endsWith('SecretArn')) {
        return { arn: resource.getAtt(attribute).toString(), keyId: keyIdOf(resource) };
      }
    }
  }
  return undefined;
}

function keyIdOf(resource: CfnResource): string | undefined {
  const path = KEYS_OF_MANAGED_SECRETS.get(resource.cfnResourceType);
  const { Properties } = evaluateResource(resource);
  const [keyId] = path === undefined ? [] : valuesAt(Properties, path);
  return keyId === undefined ? undefined : asText(keyId);
}
