import { having } from './kinds';

export const DURATION = having(['toSeconds'], 'a Duration', {
  advice: (value) => `use Duration.seconds(${typeof value === 'number' ? value : '…'})`,
});

export const KEY = having(['keyArn'], 'an IKey of aws-cdk-lib/aws-kms', {
  advice: 'use kms.Key.fromKeyArn(scope, id, arn) for a key that exists already',
});

export const ROLE = having(['roleArn'], 'an IRole of aws-cdk-lib/aws-iam');

/** Of a string nothing is shown: it may be the secret itself. */
const aSecret = (members: readonly string[], type: string) =>
  having(members, type, {
    isSecret: true,
    advice: 'use secretsmanager.Secret.fromSecretNameV2(scope, id, name) for a secret that exists already',
  });

export const SECRET = aSecret(['secretArn'], 'an ISecret of aws-cdk-lib/aws-secretsmanager');

export const SECRET_REF = aSecret(
  ['secretArn', 'secretRef'],
  'an ISecretRef of aws-cdk-lib/aws-secretsmanager, such as a Secret',
);
