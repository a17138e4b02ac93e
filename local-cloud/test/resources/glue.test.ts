import { EntityNotFoundException, GetConnectionCommand, GetCrawlerCommand, GetJobCommand } from '@aws-sdk/client-glue';
import { CloudFormation, type Properties } from '../../src/cloudformation';
import { connectionHandler, crawlerHandler, jobHandler } from '../../src/resources/glue';
import { ServiceBed } from '../services/service-bed';

let bed: ServiceBed;
let cloudFormation: CloudFormation;
let failures: string[];
beforeEach(async () => {
  bed = await ServiceBed.start();
  failures = [];
  const handlers = {
    'AWS::Glue::Connection': connectionHandler(bed.glue),
    'AWS::Glue::Crawler': crawlerHandler(bed.glue),
    'AWS::Glue::Job': jobHandler(bed.glue),
  };
  cloudFormation = new CloudFormation({
    region: 'us-east-1',
    accountId: '111122223333',
    handlers: (resourceType) => handlers[resourceType as keyof typeof handlers],
    invoke: () => undefined,
    onEvent: ({ status, reason }) => status.endsWith('_FAILED') && failures.push(`${status}: ${reason}`),
  });
});
afterEach(() => bed.endpoint.close());

const KINDS = ['Connection', 'Crawler', 'Job'] as const;
type Kind = (typeof KINDS)[number];

const PROPERTIES: Record<Kind, (name?: string, description?: string) => Properties> = {
  Connection: (Name, Description) => ({
    CatalogId: '111122223333',
    ConnectionInput: { Name, Description, ConnectionType: 'JDBC', ConnectionProperties: { USERNAME: 'reader' } },
  }),
  Crawler: (Name, Description) => ({ Name, Description, Role: 'crawler', Targets: { JdbcTargets: [] } }),
  Job: (Name, Description) => ({
    ...{ Name, Description, Role: 'job', Command: { Name: 'glueetl', ScriptLocation: 's3://b/k' } },
    ...{ Connections: { Connections: ['nowhere'] }, Tags: { team: 'data' } },
  }),
};

async function deploy(kind: Kind, properties: Properties, stackName = 'Etl') {
  const Resources = { Subject: { Type: `AWS::Glue::${kind}`, Properties: properties } };
  const result = await cloudFormation.deploy({
    stackName,
    template: { Resources, Outputs: { Ref: { Value: { Ref: 'Subject' } } } },
  });
  return { status: result.status, ref: result.outputs.Ref ?? '' };
}

const read = async (kind: Kind, name: string, permissions?: Parameters<ServiceBed['glueClient']>[0]) => {
  const client = bed.glueClient(permissions);
  switch (kind) {
    case 'Connection':
      return (await client.send(new GetConnectionCommand({ Name: name }))).Connection;
    case 'Crawler':
      return (await client.send(new GetCrawlerCommand({ Name: name }))).Crawler;
    case 'Job':
      return (await client.send(new GetJobCommand({ JobName: name }))).Job;
  }
};

test('a job is as its template has it; its connections need not exist', async () => {
  const { status, ref } = await deploy('Job', PROPERTIES.Job('Nightly'));
  expect({ status, ref }).toEqual({ status: 'CREATE_COMPLETE', ref: 'Nightly' });
  const job = {
    ...{ Name: 'Nightly', Role: 'job', Command: { Name: 'glueetl', ScriptLocation: 's3://b/k' } },
    Connections: { Connections: ['nowhere'] },
  };
  expect(bed.glue.job('Nightly')).toEqual(job);
  expect(await read('Job', 'Nightly')).toEqual(job);
});

test('a crawler is as its template has it, and ready', async () => {
  await deploy('Crawler', PROPERTIES.Crawler('Nightly'));
  expect(bed.glue.crawler('Nightly')).toMatchObject({ Name: 'Nightly', State: 'READY', Role: 'crawler' });
  expect(await read('Crawler', 'Nightly')).toMatchObject({ Name: 'Nightly', State: 'READY', Role: 'crawler' });
});

test("a connection's name is kept in lower case, those of jobs and crawlers as they are", async () => {
  const refs = await Promise.all(KINDS.map(async (kind) => (await deploy(kind, PROPERTIES[kind]('Orders'), kind)).ref));
  expect(refs).toEqual(['orders', 'Orders', 'Orders']);
});

describe.each(KINDS)('a %s', (kind) => {
  const properties = PROPERTIES[kind];

  test('without a name gets one', async () => {
    const { ref } = await deploy(kind, properties());
    expect(ref).toMatch(/^etl-subject-[a-z0-9]{12}$/i);
    expect(await read(kind, ref)).toMatchObject({ Name: ref });
  });

  test('is updated in place, and made anew for another name', async () => {
    await deploy(kind, properties('orders'));
    expect(await deploy(kind, properties('orders', 'changed'))).toEqual({ status: 'UPDATE_COMPLETE', ref: 'orders' });
    expect(await deploy(kind, properties('invoices'))).toEqual({ status: 'UPDATE_COMPLETE', ref: 'invoices' });
    await expect(read(kind, 'orders')).rejects.toThrow(EntityNotFoundException);
    expect(await read(kind, 'invoices')).toMatchObject({ Name: 'invoices' });
  });

  test('is deleted with its stack, also when it is gone already', async () => {
    await deploy(kind, properties('orders'));
    await deploy(kind, properties('invoices'), 'Other');
    bed.glue[`${kind.toLowerCase() as Lowercase<Kind>}s`].delete('invoices');
    expect((await cloudFormation.deleteStack('Etl'))?.status).toBe('DELETE_COMPLETE');
    expect((await cloudFormation.deleteStack('Other'))?.status).toBe('DELETE_COMPLETE');
    await expect(read(kind, 'orders')).rejects.toThrow(EntityNotFoundException);
  });

  test('fails when its name is taken, and leaves the one that has it', async () => {
    await deploy(kind, properties('orders'));
    expect((await deploy(kind, properties('orders'), 'Second')).status).toBe('ROLLBACK_COMPLETE');
    expect(failures).toEqual([`CREATE_FAILED: ${kind} already exists.`]);
    expect(await read(kind, 'orders')).toMatchObject({ Name: 'orders' });
  });

  test('fails when it is updated and no longer there', async () => {
    await deploy(kind, properties('orders'));
    bed.glue[`${kind.toLowerCase() as Lowercase<Kind>}s`].delete('orders');
    await deploy(kind, properties('orders', 'changed'));
    expect(failures[0]).toMatch(/^UPDATE_FAILED: .* orders .*(not found|not exist)/);
  });

  test('fails when its name is longer than 255 characters', async () => {
    expect((await deploy(kind, properties('n'.repeat(255)))).status).toBe('CREATE_COMPLETE');
    await deploy(kind, properties('n'.repeat(256)), 'Second');
    expect(failures[0]).toMatch(/Member must have length less than or equal to 255$/);
  });

  test('fails when the caller may not read it', async () => {
    await deploy(kind, properties('orders'));
    const folder = `arn:aws:glue:us-east-1:111122223333:${kind.toLowerCase()}`;
    const catalog = { Action: `glue:Get${kind}`, Resource: 'arn:aws:glue:us-east-1:111122223333:catalog' };
    const allowed = { Action: `glue:Get${kind}`, Resource: `${folder}/orders` };
    const denied = { Action: `glue:Get${kind}`, Resource: `${folder}/other` };
    const permissions = kind === 'Connection' ? [catalog] : [];
    expect(await read(kind, 'orders', [...permissions, allowed])).toMatchObject({ Name: 'orders' });
    await expect(read(kind, 'orders', [...permissions, denied])).rejects.toThrow(
      `is not authorized to perform: glue:Get${kind} on resource: ${folder}/orders`,
    );
  });
});
