import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { LocalCloud } from '../../src/local-cloud';

let folder: string;
let cloud: LocalCloud;
beforeEach(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'not-modelled-test-'));
  cloud = await LocalCloud.start();
});
afterEach(async () => {
  await cloud.stop();
  rmSync(folder, { recursive: true });
});

const queue = { Type: 'AWS::SQS::Queue', Properties: {} };
const topic = { Type: 'AWS::SNS::Topic', Properties: {} };
const nested = {
  Type: 'AWS::CloudFormation::Stack',
  Properties: { TemplateURL: 'https://bucket.s3.us-east-1.amazonaws.com/inner.json' },
};

/** An assembly of one stack, whose nested stacks have one template. */
function assembly(outer: object, inner: object): string {
  const out = path.join(folder, 'cdk.out');
  mkdirSync(out, { recursive: true });
  const write = (name: string, content: object) => writeFileSync(path.join(out, name), JSON.stringify(content));
  write('outer.template.json', { Resources: outer });
  write('inner.template.json', { Resources: inner });
  const destinations = { here: { bucketName: 'bucket', objectKey: 'inner.json' } };
  write('outer.assets.json', { files: { inner: { source: { path: 'inner.template.json' }, destinations } } });
  const properties = { templateFile: 'outer.template.json' };
  write('manifest.json', { version: '36.0.0', artifacts: { Outer: { type: 'aws:cloudformation:stack', properties } } });
  return out;
}

test('each type is listed once, those of nested stacks too', async () => {
  const outer = { A: queue, B: queue, First: nested, Second: nested };
  const { status, notModelled } = await cloud.deploy(assembly(outer, { A: queue, B: topic, C: topic }), 'Outer');
  expect({ status, notModelled }).toEqual({
    status: 'CREATE_COMPLETE',
    notModelled: ['AWS::SNS::Topic', 'AWS::SQS::Queue'],
  });
});

test('types that are mere records in CloudFormation, too, are not listed', async () => {
  const { notModelled, outputs } = await cloud.deployTemplate(
    {
      Resources: {
        CDKMetadata: { Type: 'AWS::CDK::Metadata', Properties: { Analytics: 'v2:deflate64:H4s' } },
        Handle: { Type: 'AWS::CloudFormation::WaitConditionHandle' },
        WaitCondition: { Type: 'AWS::CloudFormation::WaitCondition' },
      },
      Outputs: { Handle: { Value: { Ref: 'Handle' } } },
    },
    'Records',
  );
  expect(notModelled).toEqual(['AWS::CloudFormation::WaitCondition']);
  expect(outputs.Handle).toMatch(/^https:\/\/cloudformation-waitcondition-us-east-1\.s3\./);
});

test('what changes in place keeps its name', async () => {
  const deploy = (Analytics: string) =>
    cloud.deployTemplate(
      {
        Resources: { CDKMetadata: { Type: 'AWS::CDK::Metadata', Properties: { Analytics } } },
        Outputs: { Ref: { Value: { Ref: 'CDKMetadata' } } },
      },
      'Records',
    );
  const first = await deploy('a');
  expect(await deploy('b')).toMatchObject({ status: 'UPDATE_COMPLETE', outputs: first.outputs });
});
