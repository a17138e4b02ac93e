import { Stack } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { SweepStateMachine, type SweepStateMachineProps } from '../../../lib/sweep/state-machine';
import { createStack, onlyResourceOf, resourcesOf } from '../harness';

// eslint-disable-next-line @typescript-eslint/no-require-imports -- the package has no types
const validate = require('asl-validator') as (definition: object) => {
  readonly isValid: boolean;
  errorsText(separator: string): string;
};

interface State {
  readonly Type: string;
  readonly [field: string]: unknown;
}

function definitionOf(stack: Stack): { readonly States: Readonly<Record<string, State>> } {
  const { DefinitionString } = onlyResourceOf(stack, 'AWS::StepFunctions::StateMachine').Properties;
  const [, parts] = (DefinitionString as { 'Fn::Join': [string, unknown[]] })['Fn::Join'];
  const text = parts.map((part) =>
    typeof part === 'string' ? part : 'arn:aws:lambda:eu-west-1:111122223333:function:f',
  );
  return JSON.parse(text.join('')) as ReturnType<typeof definitionOf>;
}

function createMachine(props: Partial<SweepStateMachineProps> = {}): Stack {
  const stack = createStack();
  const handler = new lambda.Function(stack, 'Handler', {
    code: lambda.Code.fromInline('exports.handler = () => {}'),
    handler: 'index.handler',
    runtime: lambda.Runtime.NODEJS_24_X,
  });
  new SweepStateMachine(stack, 'Sweep', {
    ...{ handler, selection: {}, test: {}, maxConcurrency: 5, patienceSeconds: 0, metrics: true },
    ...props,
  });
  return stack;
}

test.each([
  ['with nothing but the defaults', {}],
  [
    'with everything',
    {
      selection: { Include: ['prod-*'], Exclude: ['"'], ConnectionTypes: ['JDBC'], CatalogId: '111122223333' },
      test: { CatalogId: '111122223333', TimeoutSeconds: 60, MaxAttempts: 2, NetworkDiagnosis: 'DISABLED' as const },
      report: { Bucket: 'reports', Domain: 'reports.s3.eu-west-1.amazonaws.com', Prefix: 'sweeps/' },
      patienceSeconds: 3_300,
    },
  ],
])('the definition is valid in the Amazon States Language, %s', (_, props) => {
  const validated = validate(definitionOf(createMachine(props)));

  expect(validated.errorsText('\n')).toBe('');
  expect(validated.isValid).toBe(true);
});

test('it tests at most as many connections at the same time as it is told to, and goes on after a fault', () => {
  const { TestAll } = definitionOf(createMachine({ maxConcurrency: 3 })).States;

  expect(TestAll).toMatchObject({
    Type: 'Map',
    MaxConcurrency: 3,
    ToleratedFailurePercentage: 100,
    ItemsPath: '$.Items',
    ItemProcessor: { ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' } },
  });
});

test('of a fault only its name goes on, since its cause may be long and hold anything', () => {
  const { TestAll } = definitionOf(createMachine()).States;
  const { States } = TestAll?.ItemProcessor as ReturnType<typeof definitionOf>;

  expect(States.Fault).toMatchObject({ Parameters: { 'Name.$': '$.Name', 'Error.$': '$.Fault.Error' }, End: true });
});

test('its settings are in each request, and no request has more of the state than it needs', () => {
  const selection = { Include: ['prod-*'] };
  const { List, Fold } = definitionOf(createMachine({ selection, patienceSeconds: 60 })).States;

  expect(List?.Parameters).toEqual({
    Sweep: { List: { Selection: selection, 'Input.$': '$$.Execution.Input', 'Progress.$': '$.Progress' } },
  });
  expect(Fold?.Parameters).toEqual({
    Sweep: {
      Fold: {
        'StartTime.$': '$$.Execution.StartTime',
        'ExecutionName.$': '$$.Execution.Name',
        PatienceSeconds: 60,
        'Page.$': '$',
      },
    },
  });
});

test('its role may invoke the function and run its own children, and nothing else', () => {
  const stack = createMachine();
  const statements = Object.values(resourcesOf(stack, 'AWS::IAM::Policy')).flatMap(
    ({ Properties }) => (Properties.PolicyDocument as { Statement: { Action: string | string[] }[] }).Statement,
  );

  expect(statements.flatMap(({ Action }) => Action).sort()).toEqual([
    'lambda:InvokeFunction',
    'states:DescribeExecution',
    'states:RedriveExecution',
    'states:StartExecution',
    'states:StopExecution',
  ]);
});
