import { physicalName, type ResourceHandler, type ResourceRequest } from '../cloudformation';
import type { Buckets } from '../services/buckets';
import { promised } from './completion';

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-s3-bucket.html */
export function bucketHandler(buckets: Buckets): ResourceHandler {
  const describe = (name: string, { region, partition }: ResourceRequest) => ({
    physicalId: name,
    attributes: {
      Arn: `arn:${partition}:s3:::${name}`,
      DomainName: `${name}.s3.amazonaws.com`,
      RegionalDomainName: `${name}.s3.${region}.amazonaws.com`,
    },
  });
  return {
    create: (request) => {
      const { stackName, logicalId, properties } = request;
      const name =
        (properties.BucketName as string | undefined) ?? physicalName(stackName, logicalId, 63).toLowerCase();
      return promised(() => {
        buckets.create(name);
        return describe(name, request);
      });
    },
    update: (request) => promised(() => describe(request.physicalId, request)),
    delete: ({ physicalId }) => promised(() => buckets.delete(physicalId)),
  };
}
