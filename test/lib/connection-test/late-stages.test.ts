import { App, Stack, Stage } from 'aws-cdk-lib';
import { CodePipeline, CodePipelineSource, ShellStep } from 'aws-cdk-lib/pipelines';
import * as glue from 'aws-cdk-lib/aws-glue';
import { ConnectionTests } from '../../../lib/index';
import { createConnection, resourcesOf } from '../harness';

const ENV = { account: '111122223333', region: 'eu-west-1' };

/** With a step for each line that a user writes, to be put into any order. */
function setUp() {
  const app = new App();
  const pipeline = new CodePipeline(new Stack(app, 'Pipeline', { env: ENV }), 'Pipeline', {
    synth: new ShellStep('Synth', {
      input: CodePipelineSource.connection('a/b', 'main', { connectionArn: 'arn:aws:codestar-connections:x' }),
      commands: ['x'],
    }),
  });
  let stage: Stage | undefined;
  const lines = {
    create: () => {
      stage = new Stage(app, 'Prod', { env: ENV });
      createConnection(new Stack(stage, 'Stack'));
    },
    applyToApp: () => ConnectionTests.applyTo(app),
    applyToStage: () => ConnectionTests.applyTo(stage!),
    applyToStack: () => ConnectionTests.applyTo(stage!.node.findChild('Stack')),
    add: () => {
      pipeline.addStage(stage!);
    },
  };
  return { app, lines, stack: () => stage!.node.findChild('Stack') as Stack };
}
type Line = keyof ReturnType<typeof setUp>['lines'];

function run(...lines: Line[]) {
  const given = setUp();
  lines.forEach((line) => given.lines[line]());
  return given;
}

const OR_IN_STAGE = ', or call ConnectionTests.applyTo(this) at the end of the constructor of the stage';
const CONNECTION = 'whose connection Prod/Stack/Orders/Resource would not be tested; ';

test.each<Line[]>([
  ['create', 'applyToApp', 'add'],
  ['create', 'applyToStage', 'add'],
  ['create', 'applyToStack', 'add'],
  ['create', 'applyToApp'],
  ['create', 'applyToStage'],
  ['applyToApp', 'create', 'applyToStage', 'add'],
  ['applyToApp', 'create', 'applyToStack', 'add'],
])('the stage is tested after the lines %s, %s, %s', (...lines) => {
  const { app, stack } = run(...lines);
  app.synth();

  expect(Object.keys(resourcesOf(stack(), 'Custom::GlueConnectionTest'))).toHaveLength(1);
});

test.each<Line[]>([
  ['applyToApp', 'create', 'add'],
  ['applyToApp', 'create'],
])('the synthesis fails after the lines %s, %s, and names the line to move', (...lines) => {
  expect(() => run(...lines).app.synth()).toThrow(
    `'scope' must hold its stages when ConnectionTests.applyTo is called, got: the stage Prod, created later, ${CONNECTION}` +
      'move the line ConnectionTests.applyTo(app) below the one that creates Prod, and above the one that adds it to a ' +
      `pipeline${OR_IN_STAGE}`,
  );
});

test.each<[Line, string]>([
  ['applyToApp', 'app'],
  ['applyToStage', "'Prod'"],
  ['applyToStack', "'Prod/Stack'"],
])('the synthesis fails when the stage is in a pipeline before %s, and names the line to move', (line, scope) => {
  expect(() => run('create', 'add', line).app.synth()).toThrow(
    "'scope' must be synthesized after ConnectionTests.applyTo is called, got: the stage Prod, synthesized before, as " +
      `pipeline.addStage(...) does it, ${CONNECTION}move the line ConnectionTests.applyTo(${scope}) above the one that adds ` +
      `Prod to the pipeline${OR_IN_STAGE}`,
  );
});

test('a late stage without connections to test is no reason to fail', () => {
  const app = new App();
  ConnectionTests.applyTo(app);
  new glue.CfnConnection(new Stack(new Stage(app, 'Nothing'), 'Stack'), 'Kafka', {
    catalogId: '111122223333',
    connectionInput: { connectionType: 'KAFKA' },
  });

  expect(() => app.synth()).not.toThrow();
});

test('a stage in a late stage is missed too', () => {
  const app = new App();
  const outer = new Stage(app, 'Outer');
  ConnectionTests.applyTo(outer);
  createConnection(new Stack(new Stage(outer, 'Inner'), 'Stack'));

  expect(() => app.synth()).toThrow(/got: the stage Outer\/Inner, created later.*ConnectionTests\.applyTo\('Outer'\)/);
});
