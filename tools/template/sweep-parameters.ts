import type { CfnParameter, Stack } from 'aws-cdk-lib';
import type { Optional } from './optional';
import { exportName, OperationParameters, ParameterMaker, TestedParameters, TOPIC_ARN, one } from './parameters';

/** Parameters stand inside of the JSON of the state machine's definition: neither quotes, backslashes nor line breaks. */
const IN_JSON = String.raw`"\\\x00-\x1F`;

/** What those who deploy the template of a sweep choose. */
export class SweepParameters {
  readonly tested: TestedParameters;
  readonly exclude: CfnParameter;
  readonly connectionTypes: CfnParameter;
  readonly maxConcurrency: CfnParameter;
  readonly patience: CfnParameter;
  readonly schedule: Optional;
  readonly timezone: CfnParameter;
  readonly alarmTopic: Optional;
  readonly duringDeployment: Optional;
  readonly onFailure: CfnParameter;
  readonly onEmpty: CfnParameter;
  readonly trigger: CfnParameter;
  readonly operation: OperationParameters;
  readonly exportName: CfnParameter;

  constructor(stack: Stack) {
    const make = new ParameterMaker(stack);
    this.tested = new TestedParameters(make, {
      default: '*',
      // Blanks around a name would mean another name in the function's permissions than in the sweep.
      allowedPattern: String.raw`^[^,\s${IN_JSON}]([^,${IN_JSON}]{0,253}[^,\s${IN_JSON}])?$`,
      constraintDescription:
        'must be one name on one line, without commas, quotes, backslashes and blanks around it, of at most 255 characters.',
      description: 'Which Glue connections are tested: a name, in which * and ? are wildcards, such as prod-*.',
    });
    this.exclude = make.parameter('ExcludedNamePatterns', {
      default: '',
      allowedPattern: `^[^${IN_JSON}]{0,2000}$`,
      constraintDescription: 'must have at most 2,000 characters on one line, and neither quotes nor backslashes.',
      description: 'Names of connections that are not tested, with the same wildcards, separated by commas.',
    });
    this.connectionTypes = make.parameter('ConnectionTypes', {
      default: '',
      allowedPattern: '^([A-Z0-9_]+(,[A-Z0-9_]+)*)?$',
      constraintDescription: 'must be connection types in capital letters, separated by commas, without spaces.',
      description: 'The types of connections to test, such as JDBC, separated by commas. All types if it is empty.',
    });
    this.maxConcurrency = make.parameter('MaxConcurrency', {
      type: 'Number',
      default: 5,
      minValue: 1,
      maxValue: 1000,
      description: 'How many connections are tested at the same time, 1 to 1000.',
    });
    this.patience = make.parameter('PatienceInSeconds', {
      type: 'Number',
      default: 300,
      minValue: 0,
      maxValue: 3300,
      description: 'How long data stores that cannot be reached are tried again, from the start of a sweep, 0 to 3300.',
    });
    this.schedule = make.optional('ScheduleExpression', {
      allowedPattern: String.raw`^((cron|rate)\([^()]+\))?$`,
      constraintDescription:
        'must be an expression of EventBridge Scheduler, such as cron(0 3 * * ? *) or rate(1 day).',
      description: 'When the sweep runs. It has no schedule if this is empty.',
    });
    this.timezone = make.parameter('ScheduleTimezone', {
      default: 'UTC',
      allowedPattern: '^[A-Za-z0-9/_+-]{1,50}$',
      constraintDescription: 'must be a name of the IANA time zone database, such as Europe/Berlin.',
      description: 'The time zone of the schedule.',
    });
    this.alarmTopic = make.optional('AlarmTopicArn', {
      ...one(TOPIC_ARN, 'the ARN of a topic'),
      description: 'ARN of the SNS topic that is told when a scheduled sweep found broken connections.',
    });
    this.duringDeployment = make.optIn('DuringDeployment', {
      default: 'true',
      description: 'Whether each deployment of this stack that changes a parameter runs a sweep and waits for it.',
    });
    this.onFailure = make.parameter('OnFailure', {
      default: 'FAIL',
      allowedValues: ['FAIL', 'REPORT'],
      description: 'Whether broken connections fail the deployment (FAIL) or only show in the outputs (REPORT).',
    });
    this.onEmpty = make.parameter('OnEmpty', {
      default: 'PASS',
      allowedValues: ['FAIL', 'PASS'],
      description:
        'Whether the deployment fails where there is no connection to test. Accounts of a StackSet may have none.',
    });
    this.trigger = make.parameter('Trigger', {
      default: '',
      allowedPattern: '^.{0,255}$',
      constraintDescription: 'must have at most 255 characters.',
      description: 'Anything: another value runs the sweep again in a deployment.',
    });
    this.operation = new OperationParameters(make);
    this.exportName = exportName(make, 'GlueConnectionSweepServiceToken');
  }
}
