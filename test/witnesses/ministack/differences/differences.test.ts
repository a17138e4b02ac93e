import { readFileSync } from 'node:fs';
import path from 'node:path';
import { startBoth, type Cloud } from './clouds';
import { DIFFERENCES } from './differences';
import { deployVpc, Ec2, EC2_DIFFERENCES } from './ec2';
import { Probe } from './probe';

jest.setTimeout(60_000);

let clouds: Cloud[];
let probe: Probe;
beforeAll(async () => {
  clouds = await startBoth();
  probe = await Probe.start();
});
beforeEach(() => probe.reset());
afterEach(() => Promise.all(clouds.map((cloud) => cloud.delete())));
afterAll(async () => {
  await Promise.all(clouds.map((cloud) => cloud.stop()));
  await probe.stop();
});

const observeIn = async (observe: (cloud: Cloud) => Promise<unknown>) => {
  const observed: unknown[] = [];
  for (const cloud of clouds) {
    probe.reset();
    observed.push(await observe(cloud));
  }
  return observed;
};

test.each(DIFFERENCES)('MiniStack differs: $documented', async (difference) => {
  const observed = await observeIn((cloud) => difference.observe(cloud, probe));

  expect(observed).toEqual([difference.localCloud, difference.ministack]);
});

test.each(EC2_DIFFERENCES)("MiniStack's EC2 differs: $documented", async (difference) => {
  const cloud = clouds.find(({ name }) => name === 'MiniStack')!;
  const ours = await Ec2.start();
  const ofOurs = await difference.observe(ours.client, ours.vpcId);
  await ours.stop();
  const ofMiniStack = await difference.observe(cloud.ec2, await deployVpc(cloud));

  expect([ofOurs, ofMiniStack]).toEqual([difference.ours, difference.ministack]);
});

test('the README lists these differences, with what AWS says', () => {
  const readme = readFileSync(path.join(__dirname, '../../README.md'), 'utf8');
  const rows = [...readme.matchAll(/^\| ([A-Z].*?) +\| \[.*?\]\((.*?)\) +\| tested +\|$/gm)];

  expect(rows.map(([, documented, see]) => ({ documented, see }))).toEqual(
    [...DIFFERENCES, ...EC2_DIFFERENCES].map(({ documented, see }) => ({ documented, see })),
  );
});

describe('both agree', () => {
  test('that every scalar of the properties arrives as a text', async () => {
    const properties = { Yes: true, One: 1, Half: 1.5, List: [1, true, { No: false }] };
    const observed = await observeIn(async (cloud) => {
      await cloud.deploy(probe.template({ One: properties }));
      const { Listener, ServiceToken, ...others } = probe.seen[0]?.event.ResourceProperties ?? {};
      expect([Listener, ServiceToken]).toEqual([expect.any(String), expect.any(String)]);
      return others;
    });

    const expected = { ServiceTimeout: '15', Yes: 'true', One: '1', Half: '1.5', List: ['1', 'true', { No: 'false' }] };
    expect(observed).toEqual([expected, expected]);
  });

  test('that another physical id is a replacement, after which the old one is deleted', async () => {
    const observed = await observeIn(async (cloud) => {
      probe.answer = ({ event }) => (event.RequestType === 'Update' ? { PhysicalResourceId: 'another' } : {});
      await cloud.deploy(probe.template({ One: { Text: 'before' } }));
      await cloud.deploy(probe.template({ One: { Text: 'after' } }));
      return probe.seen.map(({ event }) => `${event.RequestType} ${event.PhysicalResourceId}`);
    });

    const expected = ['Create undefined', 'Update One', 'Delete One'];
    expect(observed).toEqual([expected, expected]);
  });

  test('that an update of something else sends a custom resource nothing', async () => {
    const other = { Type: 'AWS::SSM::Parameter', Properties: { Type: 'String', Value: 'other' } };
    const observed = await observeIn(async (cloud) => {
      await cloud.deploy(probe.template({ One: {} }));
      await cloud.deploy(probe.template({ One: {} }, { Other: other }));
      return probe.seen.map(({ event }) => event.RequestType);
    });

    expect(observed).toEqual([['Create'], ['Create']]);
  });
});
