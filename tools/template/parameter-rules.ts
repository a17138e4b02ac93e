import { CfnRule, Fn, type CfnParameter, type Stack } from 'aws-cdk-lib';
import type { Parameters, TestedParameters } from './parameters';

/** What CloudFormation refuses before it touches anything: parameters that mean nothing without each other. */
export function addRules(stack: Stack, parameters: Parameters): void {
  const { subnetIds, securityGroupIds, connectionInputs, connectionInputKeyArns } = parameters;
  const [hasSubnets, hasSecurityGroups] = [isGiven(subnetIds.parameter), isGiven(securityGroupIds.parameter)];
  new CfnRule(stack, 'FunctionInVpcIsWhole', {
    assertions: [
      {
        assert: Fn.conditionOr(
          Fn.conditionAnd(Fn.conditionNot(hasSubnets), Fn.conditionNot(hasSecurityGroups)),
          Fn.conditionAnd(hasSubnets, hasSecurityGroups),
        ),
        assertDescription: 'FunctionSubnetIds and FunctionSecurityGroupIds must be given together, or both left out.',
      },
    ],
  });
  addRuleOfSecrets(stack, parameters.tested);
  new CfnRule(stack, 'ConnectionInputKeysHaveInputs', {
    ruleCondition: isGiven(connectionInputKeyArns.parameter),
    assertions: [
      {
        assert: Fn.conditionEquals(connectionInputs.value, 'true'),
        assertDescription: 'ConnectionInputKeyArns are keys of inputs: ConnectionInputs must be true as well.',
      },
    ],
  });
}

/** Keys mean nothing without the secrets that they encrypt. */
export function addRuleOfSecrets(stack: Stack, { secretKeyArns, secretNamePattern }: TestedParameters): void {
  new CfnRule(stack, 'SecretKeysHaveSecrets', {
    ruleCondition: isGiven(secretKeyArns.parameter),
    assertions: [
      {
        assert: isGiven(secretNamePattern.parameter),
        assertDescription: 'SecretKeyArns are keys of secrets: SecretNamePattern must be given as well.',
      },
    ],
  });
}

function isGiven(parameter: CfnParameter) {
  return Fn.conditionNot(Fn.conditionEquals(parameter.valueAsString, ''));
}
