import { Aws, Fn, Token } from 'aws-cdk-lib';

const PSEUDO_PARAMETERS: ReadonlyMap<string, string> = new Map([
  [Aws.PARTITION, '${AWS::Partition}'],
  [Aws.REGION, '${AWS::Region}'],
  [Aws.ACCOUNT_ID, '${AWS::AccountId}'],
]);

/** As each token begins, and `Fn::Sub`'s own variables. */
const PIECES = /(\$\{[^}]*\})/;

/** An ARN as a policy takes it, and as it stands in the template, where that is known. */
interface ShortArn {
  readonly arn: string;
  readonly inTemplate?: unknown;
}

/**
 * An ARN as one text for `Fn::Sub`, which is shorter in the template than the list of `Fn::Join`, and faster to resolve.
 * It stays as it is where it refers to more than where the stack is, or holds what means something to `Fn::Sub`.
 */
export function shortArn(arn: string): ShortArn {
  if (!Token.isUnresolved(arn)) {
    return { arn, inTemplate: arn };
  }
  const text = textForSub(arn);
  return text === undefined ? { arn } : { arn: Fn.sub(text), inTemplate: { 'Fn::Sub': text } };
}

/** Whether an ARN refers to nothing but where the stack is. */
export function isOfPlace(arn: string): boolean {
  return textForSub(arn) !== undefined;
}

function textForSub(arn: string): string | undefined {
  // Every other piece is a token.
  const texts = arn.split(PIECES).map((piece, index) => (index % 2 === 0 ? piece : PSEUDO_PARAMETERS.get(piece)));
  return texts.every((text) => text !== undefined) ? texts.join('') : undefined;
}
