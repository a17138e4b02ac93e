import { output, type Reply } from './aws-stub';
import { BlackBox, type Result } from './black-box';

export const SECRET = 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:orders-AbCdEf';
export const PASSWORD = 'S3cr3t ä"\\%/;,&@+Th3T4il';

export const reference = (JsonKey?: string, SecretId = SECRET) => ({
  SecretId,
  ...(JsonKey === undefined ? {} : { JsonKey }),
});

export const oauth2 = (OAuth2Properties: object) => ({ AuthenticationType: 'OAUTH2', OAuth2Properties });

export let blackBox: BlackBox;

export function scriptSecret(...replies: Reply[]): void {
  blackBox.aws.script('GetSecretValue', SECRET, ...replies);
}

/** Tests an input; the type of the connection is the name by which the stub knows it. */
export async function invoke(ConnectionType: string, input: object, properties: object = {}): Promise<Result> {
  const TestConnectionInput = { ConnectionType, ConnectionProperties: {}, ...input };
  const result = await blackBox.invoke({ properties: { TestConnectionInput, TimeoutSeconds: '2', ...properties } });
  expect(JSON.stringify(result.answer)).not.toMatch(/S3cr3t|Th3T4il/);
  return result;
}

/** The bundle for all tests of a file, and a secret. Whatever a test does: the password is in no answer and no log. */
export function useInputs(): void {
  beforeAll(async () => {
    blackBox = await BlackBox.start({ random: 0.1 });
  });
  beforeEach(() => {
    scriptSecret(
      output({ SecretString: JSON.stringify({ username: 'orders', password: PASSWORD, port: 5432, tags: {} }) }),
    );
  });
  afterEach(() => {
    expect(blackBox.log).not.toContain('S3cr3t');
    expect(blackBox.log).not.toContain('Th3T4il');
  });
  afterAll(async () => {
    await blackBox.stop();
  });
}
