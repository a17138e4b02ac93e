import { Aws, Fn, Token } from 'aws-cdk-lib';

const PSEUDO_PARAMETERS: ReadonlyMap<string, string> = new Map([
  [Aws.PARTITION, '${AWS::Partition}'],
  [Aws.REGION, '${AWS::Region}'],
  [Aws.ACCOUNT_ID, '${AWS::AccountId}'],
]);

/** As each token begins, and `Fn::Sub`'s own variables. */
const PIECES = /(\$\{[^}]*\})/;

/**
 * An ARN as one text for `Fn::Sub`, which is shorter in the template than the list of `Fn::Join`, and faster to resolve.
 *
 * @returns the ARN as it is where it refers to more than where the stack is, or holds what means something to `Fn::Sub`
 */
export function shortArn(arn: string): string {
  if (!Token.isUnresolved(arn)) {
    return arn;
  }
  // Every other piece is a token.
  const texts = arn.split(PIECES).map((piece, index) => (index % 2 === 0 ? piece : PSEUDO_PARAMETERS.get(piece)));
  return texts.every((text) => text !== undefined) ? Fn.sub(texts.join('')) : arn;
}
