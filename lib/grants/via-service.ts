import { Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';

/** Decrypting with a key, only by way of the service that keeps what is encrypted. */
export function decryptVia(scope: Construct, service: 's3' | 'secretsmanager', keyArn: string): iam.PolicyStatement {
  return new iam.PolicyStatement({
    actions: ['kms:Decrypt'],
    resources: [keyArn],
    // The end is open because in China the service's name ends in '.cn'.
    conditions: { StringLike: { 'kms:ViaService': `${service}.${Stack.of(scope).region}.amazonaws.com*` } },
  });
}
