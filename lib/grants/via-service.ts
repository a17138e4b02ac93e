import { Stack } from 'aws-cdk-lib';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { allow } from './resolved-statement';

/** Decrypting with a key, only by way of the service that keeps what is encrypted. */
export function decryptVia(scope: Construct, service: 's3' | 'secretsmanager', keyArn: string): iam.PolicyStatement {
  return allow(['kms:Decrypt'], [keyArn], {
    // The end is open because in China the service's name ends in '.cn'.
    StringLike: { 'kms:ViaService': `${service}.${Stack.of(scope).region}.amazonaws.com*` },
  });
}
