import { CfnCondition, CfnOutput, CfnResource, DefaultStackSynthesizer, Stack } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as scheduler from 'aws-cdk-lib/aws-scheduler';
import type { Construct, IConstruct } from 'constructs';
import { sweepDeploymentStatements } from '../../lib/grants/sweep-statements';
import { ConnectionTestProvider } from '../../lib/index';
import { SweepStateMachine } from '../../lib/sweep/state-machine';
import { createAlarm, failedConnections } from '../../lib/sweep/sweep-alarm';
import { SweepResource } from '../../lib/sweep/sweep-resource';
import { parameterInterface, SWEEP_GROUPS } from './parameter-groups';
import { addRuleOfSecrets } from './parameter-rules';
import { statementsOfTests } from './permissions';
import {
  acknowledge,
  acknowledgeDefaults,
  allowInTemplate,
  bound,
  keep,
  ProviderResources,
} from './provider-resources';
import { SweepParameters } from './sweep-parameters';

export interface SweepStackProps {
  /** The function's whole code, one CommonJS file. */
  readonly code: string;
  /** The code of the CDK's provider framework, one CommonJS file. */
  readonly frameworkCode: string;
  /** Of the package. */
  readonly version: string;
}

/** `ConnectionSweep` as a stack of its own, for those who write CloudFormation by hand, and for StackSets. */
export class SweepStack extends Stack {
  private readonly parameters: SweepParameters;

  constructor(scope: Construct, id: string, { code, frameworkCode, version }: SweepStackProps) {
    super(scope, id, {
      analyticsReporting: false,
      description: `Tests the Glue connections of an account and Region (cdk-glue-connection-test ${version})`,
      synthesizer: new DefaultStackSynthesizer({ generateBootstrapVersionRule: false }),
    });
    this.templateOptions.templateFormatVersion = '2010-09-09';
    this.templateOptions.metadata = { 'AWS::CloudFormation::Interface': parameterInterface(SWEEP_GROUPS) };
    this.parameters = new SweepParameters(this);
    const { tested, operation } = this.parameters;
    addRuleOfSecrets(this, tested);

    const provider = new ConnectionTestProvider(this, 'Provider');
    const { handler, logGroup, policy } = new ProviderResources(provider, operation, {
      code,
      description: `Tests Glue connections, for a sweep (cdk-glue-connection-test ${version})`,
    });
    allowInTemplate(
      policy,
      statementsOfTests(this, tested, logGroup.attrArn, [
        'glue:GetConnection',
        'glue:GetConnections',
        'glue:TestConnection',
      ]),
    );

    const own = lambda.Function.fromFunctionAttributes(this, 'Handler', {
      functionArn: provider.serviceToken,
      sameEnvironment: true,
    });
    const machine = this.createStateMachine(own);
    this.createSchedule(machine);
    this.createResource(own, machine, provider, frameworkCode);
    for (const construct of this.node.findAll().filter((one) => !one.node.scopes.includes(provider))) {
      if (construct instanceof iam.CfnRole) {
        bound(construct, operation);
      } else if (construct instanceof logs.CfnLogGroup) {
        keep(construct, operation);
      }
    }

    acknowledge(this, 'W2509', 'The parameters SecretNamePattern and SecretKeyArns only name secrets and keys.');
    acknowledgeDefaults(handler, ['E1150', 'F3031']);
    new CfnOutput(this, 'StateMachineArn', {
      value: machine.stateMachine.stateMachineArn,
      description: 'The state machine that tests the connections. Start an execution of it for a sweep.',
    });
    new CfnOutput(this, 'LogGroupName', { value: logGroup.ref, description: 'Where the function logs.' });
  }

  private createStateMachine(handler: lambda.IFunction): SweepStateMachine {
    const { tested, exclude, connectionTypes, maxConcurrency, patience } = this.parameters;
    const machine = new SweepStateMachine(this, 'Sweep', {
      handler,
      selection: {
        Include: tested.connectionNamePattern.valueAsString,
        Exclude: exclude.valueAsString,
        ConnectionTypes: connectionTypes.valueAsString,
      },
      test: {},
      maxConcurrency: maxConcurrency.valueAsNumber,
      patienceSeconds: patience.valueAsNumber,
      metrics: true,
    });
    (machine.stateMachine.node.defaultChild as CfnResource).overrideLogicalId('StateMachine');
    return machine;
  }

  private createSchedule({ stateMachine }: SweepStateMachine): void {
    const { schedule, timezone, alarmTopic } = this.parameters;
    const role = new iam.Role(this, 'ScheduleRole', {
      description: 'Starts the sweep of Glue connections, on a schedule',
      assumedBy: new iam.ServicePrincipal('scheduler.amazonaws.com', {
        conditions: { StringEquals: { 'aws:SourceAccount': this.account } },
      }),
    });
    stateMachine.grantStartExecution(role);
    const recurring = new scheduler.CfnSchedule(this, 'Schedule', {
      description: 'Tests Glue connections',
      flexibleTimeWindow: { mode: 'OFF' },
      scheduleExpression: schedule.value,
      scheduleExpressionTimezone: timezone.valueAsString,
      target: { arn: stateMachine.stateMachineArn, roleArn: role.roleArn, input: '{}' },
    });
    const alarm = createAlarm(this, failedConnections(stateMachine, {}));
    const alarmResource = alarm.node.defaultChild as cloudwatch.CfnAlarm;
    alarmResource.addPropertyOverride('AlarmActions', alarmTopic.whereGiven([alarmTopic.value]));
    onlyIf(schedule.condition, role, recurring, alarm);
  }

  private createResource(
    handler: lambda.IFunction,
    machine: SweepStateMachine,
    provider: ConnectionTestProvider,
    frameworkCode: string,
  ): void {
    const { duringDeployment, onFailure, onEmpty, trigger, tested, exclude, connectionTypes, exportName } =
      this.parameters;
    const { stateMachineName, stateMachineArn } = machine.stateMachine;
    const deployment = new SweepResource(this, 'Deployment', handler, machine.stateMachine, {
      OnFailure: onFailure.valueAsString as 'FAIL',
      OnEmpty: onEmpty.valueAsString as 'FAIL',
      Definition: {
        ConnectionNamePattern: tested.connectionNamePattern.valueAsString,
        ExcludedNamePatterns: exclude.valueAsString,
        ConnectionTypes: connectionTypes.valueAsString,
      },
      Triggers: { Trigger: trigger.valueAsString },
    });
    const allowed = provider._function.allow(
      deployment,
      sweepDeploymentStatements(this, stateMachineName, stateMachineArn),
    );
    deployment.resource.node.addDependency(machine, allowed);
    for (const construct of deployment.node.findAll()) {
      holdCode(construct, frameworkCode);
    }
    onlyIf(duringDeployment.condition, deployment);
    for (const [id, description] of [
      ['Failed', 'How many connections failed in the sweep of the last deployment.'],
      ['Report', 'Which connections failed in the sweep of the last deployment, and why.'],
    ] as const) {
      new CfnOutput(this, id, { value: deployment.attribute(id), description, condition: duringDeployment.condition });
    }
    new CfnOutput(this, 'ServiceToken', {
      value: deployment.serviceToken,
      description:
        'What custom resources of the type Custom::GlueConnectionSweep in other stacks name as their ServiceToken.',
      exportName: exportName.valueAsString,
      condition: duringDeployment.condition,
    });
  }
}

/** Makes a function of the provider framework hold its code. */
function holdCode(construct: IConstruct, zipFile: string): void {
  if (construct instanceof lambda.CfnFunction) {
    construct.code = { zipFile };
    construct.handler = construct.handler?.replace('framework.', 'index.');
  }
}

function onlyIf(condition: CfnCondition, ...constructs: readonly IConstruct[]): void {
  for (const construct of constructs.flatMap(({ node }) => node.findAll())) {
    if (CfnResource.isCfnResource(construct)) {
      construct.cfnOptions.condition = condition;
    }
  }
}
