import { Aws, Tokenization, type IResolvable } from 'aws-cdk-lib';

/** What each text with a token has in it. */
export const TOKEN = /Token\[|e\+289/;

/** The texts of `Aws`, which are met most of all, with the names of what they stand for. */
export const NAMES: ReadonlyMap<string, string> = new Map([
  [Aws.ACCOUNT_ID, 'AWS::AccountId'],
  [Aws.NO_VALUE, 'AWS::NoValue'],
  [Aws.PARTITION, 'AWS::Partition'],
  [Aws.REGION, 'AWS::Region'],
  [Aws.STACK_ID, 'AWS::StackId'],
  [Aws.STACK_NAME, 'AWS::StackName'],
  [Aws.URL_SUFFIX, 'AWS::URLSuffix'],
]);

/** The names by their tokens. */
export const PSEUDO_PARAMETERS: ReadonlyMap<IResolvable | undefined, string> = new Map(
  Array.from(NAMES, ([text, name]) => [Tokenization.reverseString(text).firstToken, name]),
);

const OF_AWS = new RegExp(
  Array.from(NAMES.keys(), (text) => text.replace(/[$.[\]{}]/g, (character) => `\\${character}`)).join('|'),
  'g',
);

/** Whether nothing in a text is to be evaluated but pseudo parameters. */
export function isOfPseudoParameters(text: string): boolean {
  return !TOKEN.test(text.replace(OF_AWS, ''));
}
