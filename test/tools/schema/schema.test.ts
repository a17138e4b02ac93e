import { Ajv, type ErrorObject } from 'ajv';
import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import * as path from 'node:path';
import { CONNECTION_TEST, SECRET_REFERENCE } from '../../../lambda/properties/model';
import type { Shape } from '../../../lambda/properties/shape';
import { Descriptions } from '../../../tools/schema/descriptions';
import { PropertiesSchema } from '../../../tools/schema/properties-schema';
import { placesIn, withSlip } from './cases';
import { COMPLETE, type Properties } from './right-cases';

const FILE = 'custom-glue-connection-test.schema.json';

function read(file: string): Record<string, unknown> {
  return JSON.parse(readFileSync(path.resolve(__dirname, '../../../schema', file), 'utf8')) as Record<string, unknown>;
}

const ajv = new Ajv({ strictTypes: true, allowUnionTypes: true });
const ofProperties = ajv.addSchema(read(FILE), FILE).getSchema(FILE)!;
const SWEEP_FILE = 'custom-glue-connection-sweep.schema.json';
const ofTemplate = ajv.addSchema(read(SWEEP_FILE), SWEEP_FILE).compile(read('template.schema.json'));

const ServiceToken = { 'Fn::ImportValue': 'GlueConnectionTest' };

const accepts = (properties: Properties) => ofProperties({ ServiceToken, ...properties });

test('the published file is what the model makes; `npm run schema` writes it', () => {
  expect(JSON.stringify(read(FILE))).toBe(JSON.stringify(PropertiesSchema.inTemplate()));
});

test('each property has a description, and each name in the model is one in the contract', () => {
  const missing: string[] = [];
  const visit = (shape: Shape, schema: Record<string, unknown>) => {
    if (shape.kind !== 'structure') {
      return;
    }
    const own = (schema.properties ? schema : (schema.anyOf as Record<string, unknown>[])[0]!).properties;
    for (const [name, property] of Object.entries(own as Record<string, Record<string, unknown>>)) {
      missing.push(...(typeof property.description === 'string' && property.description.length > 10 ? [] : [name]));
      visit(shape.members[name] ?? { kind: 'anything' }, property);
    }
  };
  const schema = read(FILE);
  visit(CONNECTION_TEST, schema);
  visit(SECRET_REFERENCE, (schema.definitions as Record<string, Record<string, unknown>>).secretReference!);

  expect(missing).toEqual([]);
});

describe('fails', () => {
  test('when a property is not in the contract, or has no doc comment there', () => {
    const category = Descriptions.of('ConnectionTestAttributes');

    expect(() => category.textOf('Colour')).toThrow("'ConnectionTestAttributes.Colour' is not in ");
    expect(() => category.textOf('Outcome')).toThrow("'ConnectionTestAttributes.Outcome' must have a doc comment in ");
    expect(() => Descriptions.of('Colours')).toThrow("'Colours' is not exported by ");
  });
});

describe('a template', () => {
  const anyFunction = fc.constantFrom(
    { Ref: 'Parameter' },
    { 'Fn::Sub': '${Parameter}' },
    { 'Fn::If': ['Condition', { Ref: 'Parameter' }, { Ref: 'AWS::NoValue' }] },
    { 'Fn::FindInMap': ['Map', 'Key', 'Name'] },
    { 'Fn::Transform': { Name: 'AWS::Include' } },
  );

  test('may have a function of CloudFormation in the place of each value and of each map', () => {
    const given = fc.tuple(fc.constantFrom(...COMPLETE), fc.nat(), anyFunction);
    fc.assert(
      fc.property(given, ([properties, at, its]) => {
        const count = placesIn(properties).length;
        const changed = withSlip(properties, at % count, (container, name) => void (container[name] = its));
        expect(accepts(changed) || ofProperties.errors).toBe(true);
      }),
      { numRuns: 1_000 },
    );
  });

  test.each([
    ['a dynamic reference where a pattern is asked for', { ConnectionName: '{{resolve:ssm:/orders}}' }],
    ['a dynamic reference as a number', { ConnectionName: 'orders', TimeoutSeconds: '{{resolve:ssm:/seconds}}' }],
    ['a number where a text is sent', { ConnectionName: 'orders', CatalogId: 111122223333 }],
    ['the properties of JDBC from a function', jdbc({ 'Fn::If': ['A', {}, {}] })],
    ['a port as a number, a password as a reference', jdbc({ ...JDBC(), PORT: 5432 })],
  ])('may have %s', (_, properties) => {
    expect(accepts(properties) || ofProperties.errors).toBe(true);
  });

  test.each<[string, object, Partial<ErrorObject>]>([
    ['no ServiceToken', { ServiceToken: undefined, ConnectionName: 'orders' }, { keyword: 'required' }],
    ['no target', {}, { keyword: 'oneOf' }],
    ['both targets', { ConnectionName: 'orders', TestConnectionInput: { Ref: 'Input' } }, { keyword: 'oneOf' }],
    ['a wrong name', { Conectionname: 'orders', ConnectionName: 'x' }, { keyword: 'additionalProperties' }],
    ['two functions in one place', { ConnectionName: { Ref: 'A', 'Fn::Sub': 'B' } }, { keyword: 'anyOf' }],
    ['no function', { ConnectionName: { Reference: 'A' } }, { keyword: 'anyOf' }],
    ['a timeout that is too long', { ConnectionName: 'orders', ServiceTimeout: '3601' }, { keyword: 'anyOf' }],
  ])('fails when it has %s', (_, properties, error) => {
    expect(accepts(properties as Properties)).toBe(false);
    expect(ofProperties.errors).toContainEqual(expect.objectContaining(error));
  });

  test('is checked as a whole by the schema of templates, its other resources are not', () => {
    const template = (Properties: object, Type = 'Custom::GlueConnectionTest') => ({
      AWSTemplateFormatVersion: '2010-09-09',
      Resources: { Test: { Type, Properties }, Topic: { Type: 'AWS::SNS::Topic' } },
    });

    expect(ofTemplate(template({ ServiceToken, ConnectionName: 'orders' })) || ofTemplate.errors).toBe(true);
    expect(ofTemplate(template({ ServiceToken, ConectionName: 'orders' }))).toBe(false);
    expect(ofTemplate(template({ ConectionName: 'orders' }, 'Custom::Other'))).toBe(true);
  });
});

function JDBC() {
  return { HOST: 'db', JDBC_ENGINE: 'mysql', USERNAME: 'orders', PASSWORD: { SecretId: { Ref: 'Secret' } } };
}

function jdbc(ConnectionProperties: object) {
  return { TestConnectionInput: { ConnectionType: 'JDBC', ConnectionProperties } };
}
