import { parse } from '../../../tools/verify-aws/arguments';
import { budgetOf, LIMIT } from '../../../tools/verify-aws/budget';
import { STEPS, withThoseBefore, type StepId } from '../../../tools/verify-aws/steps';
import { chosen, UNKNOWNS } from '../../../tools/verify-aws/unknowns';

const REGION = ['--region', 'eu-west-1'];

test('the region is an argument, or that of the environment', () => {
  expect(parse(REGION, {})).toMatchObject({
    region: 'eu-west-1',
    isPublic: false,
    isConfirmed: false,
    waitMinutes: 15,
  });
  expect(parse([], { AWS_REGION: 'eu-west-2' })).toMatchObject({ region: 'eu-west-2' });
  expect(() => parse([], {})).toThrow("'--region' is missing, and AWS_REGION is not set");
});

test.each([
  [['--wait', 'long'], {}, "'--wait' must be a whole number of minutes, got: long"],
  [['--store-url', 'db:5432'], {}, "'--store-url' must begin with jdbc:postgresql://, got: db:5432"],
  [['--store-url', 'jdbc:postgresql://db/orders'], {}, "'--store-url' needs the password in VERIFY_STORE_PASSWORD"],
  [['--profil', 'x'], {}, "Unknown option '--profil'"],
  [[], { AWS_ENDPOINT_URL: 'http://127.0.0.1:1' }, "Name a folder for it by '--output'"],
])('fails when it is given %j with %j', (args, environment, message) => {
  expect(() => parse([...REGION, ...args], environment)).toThrow(message);
});

test('fails when a question is chosen that there is not', () => {
  expect(() => chosen(['metrics', 'weather'])).toThrow(/^'--only' must be some of classic-by-name, .*, got: weather$/);
  expect(chosen(['metrics']).map(({ id }) => id)).toEqual(['metrics']);
});

test('a chosen question runs what it needs, and nothing else', () => {
  const steps = (...ids: string[]) => withThoseBefore(chosen(ids).flatMap((unknown) => unknown.steps));

  expect(steps('update-rollback')).toEqual(['created', 'depends-on', 'update-rollback']);
  expect(steps('findings')).toEqual(['network', 'in-vpc']);
});

test('each step is needed by a question', () => {
  const needed = withThoseBefore(UNKNOWNS.flatMap(({ steps }) => steps));

  expect(needed).toEqual(Object.keys(STEPS));
});

test('a whole run costs less than a dollar an hour; each part has a price page', () => {
  const { lines, centsPerHour } = budgetOf(Object.keys(STEPS) as StepId[], false);

  expect(centsPerHour).toBeLessThan(LIMIT);
  expect(lines).toHaveLength(5);
  lines.forEach((line) =>
    expect(line).toMatch(/^less than \$0\.\d\d an hour: .* \(https:\/\/aws\.amazon\.com\/[\w/]+\/pricing\/\)$/),
  );
});

test('a store that is given costs nothing', () => {
  const { lines } = budgetOf(['public'], true);

  expect(lines.join('\n')).not.toContain('RDS');
});
