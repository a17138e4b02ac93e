import type { Properties, ResourceHandler } from '../cloudformation';
import type { PolicyDocument } from '../iam/policy-document';
import type { Kms } from '../services/kms';

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-kms-key.html */
export function keyHandler(kms: Kms): ResourceHandler {
  const policyOf = ({ KeyPolicy }: Properties) => KeyPolicy as PolicyDocument | undefined;
  const describe = (arn: string) => {
    const keyId = arn.split('/')[1] ?? '';
    return Promise.resolve({ physicalId: keyId, attributes: { Arn: arn, KeyId: keyId } });
  };
  return {
    create: ({ properties }) => describe(kms.createKey(policyOf(properties))),
    update: ({ physicalId, properties }) => {
      const arn = kms.arnOf(physicalId);
      kms.putKeyPolicy(arn, policyOf(properties));
      return describe(arn);
    },
    delete: ({ physicalId }) => {
      kms.deleteKey(kms.arnOf(physicalId));
      return Promise.resolve();
    },
  };
}
