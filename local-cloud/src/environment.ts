/** The account and Region that the local cloud stands for. The account's number is one of AWS's documentation. */
export const ENVIRONMENT = { accountId: '111122223333', region: 'us-east-1', partition: 'aws' } as const;

export type Environment = typeof ENVIRONMENT;
