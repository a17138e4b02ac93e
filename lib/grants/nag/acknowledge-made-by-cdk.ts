import { CfnResource, Stack, Validations } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import type { Construct, IConstruct } from 'constructs';
import { suppressInNag2 } from './nag2';
import { WildcardAcknowledgements } from './wildcard-acknowledgements';

/** Rules of AwsSolutions that find what aws-cdk-lib makes, by the type of the resource. */
const RULES: Readonly<Record<string, readonly { readonly id: string; readonly reason: string }[]>> = {
  'AWS::StepFunctions::StateMachine': [
    {
      id: 'AwsSolutions-SF1',
      reason:
        'Step Functions keeps the history of each execution for 90 days. That of a waiter holds the address to which ' +
        'CloudFormation is answered, which no log should have.',
    },
    {
      id: 'AwsSolutions-SF2',
      reason: 'Each step is one call of a function, which logs what it does. A trace would add nothing.',
    },
  ],
};

const BASIC_EXECUTION = 'Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole';

/**
 * Acknowledges what the pack AwsSolutions of cdk-nag finds on resources that aws-cdk-lib makes for these constructs: state
 * machines, and the functions of its provider framework with their roles.
 *
 * @param scope what holds them, with everything that its policies allow
 */
export function acknowledgeMadeByCdk(scope: Construct): void {
  for (const construct of scope.node.findAll()) {
    if (isPolicy(construct)) {
      acknowledgeWildcards(construct);
    } else if (CfnResource.isCfnResource(construct)) {
      for (const { id, reason } of RULES[construct.cfnResourceType] ?? []) {
        Validations.of(construct).acknowledge({ id, reason });
        suppressInNag2(construct, { id, reason });
      }
      if (construct.cfnResourceType === 'AWS::IAM::Role' && isOfFunction(construct as iam.CfnRole)) {
        const reason =
          "The CDK's provider framework gives its functions this policy, which lets them write their logs.";
        Validations.of(construct).acknowledge({ id: `AwsSolutions-IAM4[${BASIC_EXECUTION}]`, reason });
        suppressInNag2(construct, { id: 'AwsSolutions-IAM4', finding: BASIC_EXECUTION, reason });
      }
    }
  }
}

function acknowledgeWildcards(policy: iam.Policy): void {
  const wildcards = new WildcardAcknowledgements(policy);
  const { Statement: statements } = policy.document.toJSON() as { readonly Statement: readonly object[] };
  for (const statement of statements) {
    wildcards.add(iam.PolicyStatement.fromJson(statement));
  }
}

/** An inline policy: managed ones are made by this library, which acknowledges them itself. */
function isPolicy(construct: IConstruct): construct is iam.Policy {
  const resource = construct.node.defaultChild;
  return (
    'document' in construct && CfnResource.isCfnResource(resource) && resource.cfnResourceType === 'AWS::IAM::Policy'
  );
}

function isOfFunction(role: iam.CfnRole): boolean {
  const policies = Stack.of(role).resolve(role.managedPolicyArns) as readonly unknown[] | undefined;
  return policies !== undefined && policies.length > 0;
}
