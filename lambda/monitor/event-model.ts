import { CONNECTION_TEST, integer, ROLE_ARN, structure, text } from '../properties/model';
import { problemsOf } from '../properties/problems';
import type { Structure } from '../properties/shape';

const STACK_ID = text(1, 1024, 'the ID of a stack', /^[\w/:.-]+$/u);
const ANYTHING = { kind: 'anything' } as const;
const NAME = text(1, 64, 'the name of a schedule or of its group', /^[\w.-]+$/u);
const SECRET = text(1, 2048, 'the ARN or the name of a secret', /^[\w/+=.@:!-]+$/u);
const TIME = text(24, 24, 'a time in ISO 8601 format', /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/u);
const MOST_SECRETS = 20;

const SETTINGS = {
  Group: NAME,
  Schedule: NAME,
  RoleArn: ROLE_ARN,
  StackId: STACK_ID,
  IntervalMinutes: integer(1, 1440),
  MaxConcurrency: integer(1, 100),
};

/** An event of `ConnectionMonitor`, but for its lists. */
export const EVENT = structure(
  {
    Monitor: structure(SETTINGS, Object.keys(SETTINGS)),
    Connections: ANYTHING,
    BeganAt: TIME,
    Secret: SECRET,
    SecretsChanged: ANYTHING,
  },
  ['Monitor'],
);

const { ConnectionName, CatalogId, TimeoutSeconds, MaxAttempts, NetworkDiagnosis, Metrics, RoleArn } =
  CONNECTION_TEST.members as Required<Structure['members']>;

/** An entry of the list of connections, but for its secrets. */
export const CONNECTION = structure(
  {
    Properties: structure(
      {
        ConnectionName,
        CatalogId,
        TimeoutSeconds,
        MaxAttempts,
        NetworkDiagnosis,
        Metrics,
        RoleArn,
      } as Structure['members'],
      ['ConnectionName'],
    ),
    StackId: STACK_ID,
    Secrets: ANYTHING,
  },
  ['Properties'],
);

/** What is wrong with a list of secrets. */
export function problemsOfSecrets(value: unknown, path: string, least: number): string[] {
  if (!Array.isArray(value) || value.length < least || value.length > MOST_SECRETS) {
    return [`'${path}' must be a list of ${least} to ${MOST_SECRETS} secrets`];
  }
  return value.flatMap((secret: unknown, index) => problemsOf(SECRET, secret, `${path}[${index}]`));
}
