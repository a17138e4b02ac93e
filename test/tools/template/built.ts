import { readFileSync } from 'node:fs';
import * as path from 'node:path';
import { inOneFile } from '../../../tools/template/one-file';
import { buildTemplate } from '../../../tools/template/build';

export interface Statement {
  readonly Sid: string;
  readonly Action: readonly string[];
  readonly Resource: unknown;
  readonly Condition?: unknown;
}

/** The provider's template, as far as the tests look into it. */
export interface ProviderTemplate {
  readonly Metadata: {
    readonly 'AWS::CloudFormation::Interface': {
      readonly ParameterGroups: readonly { readonly Parameters: readonly string[] }[];
      readonly ParameterLabels: Readonly<Record<string, { readonly default: string }>>;
    };
  };
  readonly Parameters: Readonly<Record<string, { readonly Default?: string | number; readonly Description: string }>>;
  readonly Resources: {
    readonly Function: { readonly Properties: { readonly Code: { readonly ZipFile: string } } };
    readonly Policy: {
      readonly Properties: { readonly PolicyDocument: { readonly Statement: readonly unknown[] } };
      readonly Metadata: { readonly Wildcards: Readonly<Record<string, string>> };
    };
  };
  readonly Outputs: Readonly<Record<string, object>>;
}

export function providerTemplate(): ProviderTemplate {
  return buildTemplate() as ProviderTemplate;
}

/** The statements of the provider's role, whether a parameter takes them out or not. */
export function statementsOf({ Resources }: ProviderTemplate): (Statement & { readonly condition?: string })[] {
  return Resources.Policy.Properties.PolicyDocument.Statement.map((statement) => {
    const { 'Fn::If': choice } = statement as { 'Fn::If'?: [condition: string, statement: Statement] };
    return choice === undefined ? (statement as Statement) : { ...choice[1], condition: choice[0] };
  });
}

/** Each parameter as someone would give it who uses all of them. */
export const EVERY_PARAMETER = {
  ConnectionNamePattern: 'orders-*',
  SecretNamePattern: 'orders/*',
  SecretKeyArns: key('1'),
  ConnectionRoleArns: 'arn:aws:iam::111122223333:role/salesforce',
  ConnectionsInVpc: 'true',
  ConnectionInputs: 'true',
  ConnectionInputKeyArns: `${key('2')},${key('3')}`,
  FunctionSubnetIds: 'subnet-0123456789abcdef0,subnet-0123456789abcdef1',
  FunctionSecurityGroupIds: 'sg-0123456789abcdef0',
  PermissionsBoundaryArn: 'arn:aws:iam::111122223333:policy/boundary',
  LogRetentionInDays: '90',
  LogKeyArn: key('4'),
  Architecture: 'x86_64',
  ExportName: 'Other',
};

function key(digit: string): string {
  return `arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-${digit.repeat(12)}`;
}

/** The bundle that the template holds, both files as one. */
export function bundledCode(): string {
  const read = (file: string) => readFileSync(path.join(__dirname, '../../../lambda/dist', file), 'utf8');
  return inOneFile(read('index.js'), { './diagnosis.js': read('diagnosis.js') });
}
