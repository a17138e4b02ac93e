import { Stack } from 'aws-cdk-lib';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import type { ConnectionFile } from '../target/connection-definition';
import { warnOnce } from '../cdk/warn-once';
import { escapeForPolicy, referencedResources } from '../cdk/references';
import { keyOfBucket } from './secret-access';
import type { TargetFacts } from '../target/target-facts';
import { allow } from './resolved-statement';
import { decryptVia } from './via-service';

/**
 * Reading the driver and the certificate that a connection names. Whether Glue reads them as whoever calls TestConnection
 * is not documented: it is granted where the bucket is of the app, and left to the user otherwise.
 */
export function fileStatements(test: Construct, { definition }: TargetFacts): iam.PolicyStatement[] {
  return (definition?.files ?? []).flatMap((file) => {
    const [, bucketName = '', key = ''] = /^s3:\/\/([^/]+)\/(.+)$/s.exec(file.uri) ?? [];
    const bucket = referencedResources(test, bucketName).find((one) => one.cfnResourceType === 'AWS::S3::Bucket');
    if (bucket === undefined) {
      warnOfFile(test, file);
      return [];
    }
    const arn = Stack.of(test).formatArn({
      service: 's3',
      region: '',
      account: '',
      resource: bucketName,
      resourceName: escapeForPolicy(key),
    });
    const keyArn = keyOfBucket(test, bucket);
    return [allow(['s3:GetObject'], [arn]), ...(keyArn === undefined ? [] : [decryptVia(test, 's3', keyArn)])];
  });
}

function warnOfFile(test: Construct, { property }: ConnectionFile): void {
  warnOnce(
    test,
    'fileNotGranted',
    `${property} of the connection names a file in a bucket that this app does not create. Glue may read it with ` +
      "the test's permissions, which AWS does not document. Call bucket.grantRead(provider) if the test fails, or acknowledge this warning",
  );
}
