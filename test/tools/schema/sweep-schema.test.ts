import { Ajv, type ErrorObject } from 'ajv';
import { readFileSync } from 'node:fs';
import * as path from 'node:path';
import { InvalidPropertiesError } from '../../../lambda/properties/properties';
import { readSweepInput } from '../../../lambda/sweep-resource/model';
import { PropertiesSchema } from '../../../tools/schema/properties-schema';

const FILE = 'custom-glue-connection-sweep.schema.json';

function read(file: string): Record<string, unknown> {
  return JSON.parse(readFileSync(path.resolve(__dirname, '../../../schema', file), 'utf8')) as Record<string, unknown>;
}

const ajv = new Ajv({ strictTypes: true, allowUnionTypes: true });
const TEST_FILE = 'custom-glue-connection-test.schema.json';
const ofSweep = ajv.addSchema(read(FILE), FILE).addSchema(read(TEST_FILE), TEST_FILE).getSchema(FILE)!;
const ofTemplate = ajv.compile(read('template.schema.json'));

const ServiceToken = 'arn:aws:lambda:eu-west-1:111122223333:function:framework-onEvent';
const StateMachineArn = 'arn:aws:states:eu-west-1:111122223333:stateMachine:AllConnections';
const COMPLETE = {
  StateMachineArn,
  ServiceTimeout: '3600',
  Include: ['prod-*', 'orders'],
  Exclude: ['prod-legacy-*'],
  ConnectionTypes: ['JDBC', 'KAFKA'],
  OnFailure: 'REPORT',
  OnEmpty: 'PASS',
  Definition: { any: ['thing'] },
  Triggers: { version: '2' },
};

type Properties = Readonly<Record<string, unknown>>;

function handlerAccepts(properties: Properties): boolean {
  try {
    readSweepInput(properties);
    return true;
  } catch (error) {
    expect(error).toBeInstanceOf(InvalidPropertiesError);
    return false;
  }
}

test('the published file is what the model makes; `npm run schema` writes it', () => {
  expect(JSON.stringify(read(FILE))).toBe(JSON.stringify(PropertiesSchema.ofSweepInTemplate()));
});

test('each property has a description', () => {
  const { properties } = read(FILE) as { properties: Record<string, { description?: string }> };

  expect(Object.keys(properties).sort()).toEqual([...Object.keys(COMPLETE), 'ServiceToken'].sort());
  for (const { description = '' } of Object.values(properties)) {
    expect(description.length).toBeGreaterThan(10);
  }
});

describe('the schema and the handler agree, and', () => {
  test.each<[string, Properties]>([
    ['all properties', COMPLETE],
    ['the state machine alone', { StateMachineArn }],
    ['one of another partition', { StateMachineArn: StateMachineArn.replace('aws:', 'aws-us-gov:') }],
    ['lists without items', { StateMachineArn, Include: [], Exclude: [], ConnectionTypes: [] }],
    ['a list at its limits', { StateMachineArn, Include: Array.from({ length: 100 }, () => 'x'.repeat(100)) }],
    ['a pattern at its limit', { StateMachineArn, Include: ['🎉'.repeat(255)] }],
    ['a pattern with blanks', { StateMachineArn, Include: [' a b '] }],
  ])('accept %s', (_, properties) => {
    expect(ofSweep({ ServiceToken, ...properties }) || ofSweep.errors).toBe(true);
    expect(handlerAccepts({ ServiceToken, ...properties })).toBe(true);
  });

  test.each<[string, Properties, Partial<ErrorObject>]>([
    ['no state machine', {}, { keyword: 'required' }],
    ['one by its name', { StateMachineArn: 'AllConnections' }, { keyword: 'pattern' }],
    ['a version of one', { StateMachineArn: `${StateMachineArn}:1` }, { keyword: 'pattern' }],
    ['an execution', { StateMachineArn: StateMachineArn.replace('stateMachine', 'execution') }, { keyword: 'pattern' }],
    ['text for a list', { StateMachineArn, Include: 'a,b' }, { keyword: 'type' }],
    [
      'one item too many',
      { StateMachineArn, Exclude: Array.from({ length: 101 }, () => 'x') },
      { keyword: 'maxItems' },
    ],
    ['an empty item', { StateMachineArn, Include: [''] }, { keyword: 'minLength' }],
    ['a blank item', { StateMachineArn, Include: [' \t'] }, { keyword: 'pattern' }],
    ['a long pattern', { StateMachineArn, Include: ['🎉'.repeat(256)] }, { keyword: 'maxLength' }],
    ['a long type', { StateMachineArn, ConnectionTypes: ['x'.repeat(65)] }, { keyword: 'maxLength' }],
    ['no choice', { StateMachineArn, OnFailure: 'WARN' }, { keyword: 'enum' }],
    ['no choice for none', { StateMachineArn, OnEmpty: 'REPORT' }, { keyword: 'enum' }],
    ['a property of a test', { StateMachineArn, ConnectionName: 'x' }, { keyword: 'additionalProperties' }],
  ])('refuse %s', (_, properties, error) => {
    expect(ofSweep({ ServiceToken, ...properties })).toBe(false);
    expect(ofSweep.errors).toContainEqual(expect.objectContaining(error));
    expect(handlerAccepts({ ServiceToken, ...properties })).toBe(false);
  });
});

test.each<[string, Properties]>([
  ['a reference for the state machine', { StateMachineArn: { 'Fn::ImportValue': 'Sweep' } }],
  ['a function for a list', { StateMachineArn, Include: { 'Fn::Split': [',', { Ref: 'Include' }] } }],
  ['a function for an item', { StateMachineArn, Include: ['a', { 'Fn::Sub': '${Stage}-*' }] }],
  ['a dynamic reference for a choice', { StateMachineArn, OnFailure: '{{resolve:ssm:/on-failure}}' }],
])('a template may have %s', (_, properties) => {
  expect(ofSweep({ ServiceToken, ...properties }) || ofSweep.errors).toBe(true);
});

test('a template is checked as a whole, each of its resources by its type', () => {
  const test = { Type: 'Custom::GlueConnectionTest', Properties: { ServiceToken, ConnectionName: 'orders' } };
  const sweep = { Type: 'Custom::GlueConnectionSweep', Properties: { ServiceToken, StateMachineArn } };
  const template = (Resources: object) => ofTemplate({ AWSTemplateFormatVersion: '2010-09-09', Resources });

  expect(template({ Test: test, Sweep: sweep, Topic: { Type: 'AWS::SNS::Topic' } }) || ofTemplate.errors).toBe(true);
  expect(template({ Test: { ...test, Properties: sweep.Properties } })).toBe(false);
  expect(template({ Sweep: { ...sweep, Properties: test.Properties } })).toBe(false);
  expect(template({ Sweep: { Type: sweep.Type } })).toBe(false);
});
