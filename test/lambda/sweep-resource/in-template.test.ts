import { BlackBox } from '../black-box';
import { deploy } from './framework';
import { haveMachine, swept } from './step-functions';

let inTemplate: BlackBox;
beforeAll(async () => {
  inTemplate = await BlackBox.start({ inTemplate: true });
});
afterAll(() => inTemplate.stop());

test('the function of the template, which has no sweep, fails at once and says so', async () => {
  haveMachine(inTemplate.aws, swept());
  const { answer } = await deploy(inTemplate);

  expect(answer.Status).toBe('FAILED');
  expect(answer.Reason).toBe(
    'this function was deployed by a template that has no ConnectionSweep\n\nLogs: /aws/lambda/handler\n',
  );
});
