/** Begins and ends of secrets, which no other text holds by chance. */
type Marks = readonly [string, string, string, string, string];

export interface Secrets {
  /** One that the event holds under a key that says so. */
  readonly known: string;
  /** One that can be told only by what stands around it, without the characters that end it. */
  readonly unknown: string;
  readonly responseUrl: string;
}

export function secretsOf([a, b, c, d, e]: Marks, middle: string): Secrets {
  return {
    known: `${a}${middle}${b}`,
    unknown: `${c}${encode(middle)}${d}`,
    responseUrl: `https://cloudformation.example.com/stack?X-Amz-Expires=${e}&X-Amz-Signature=${e}`,
  };
}

function encode(value: string): string {
  // Through a buffer, since half of a surrogate pair can't be encoded.
  return encodeURIComponent(Buffer.from(value).toString());
}

/** How a secret comes back in a message. */
export const LEAKS: readonly ((secrets: Secrets) => string)[] = [
  ({ known }) => known,
  ({ known }) => encode(known),
  ({ known }) => encode(known).replace(/%../g, (escape) => escape.toLowerCase()),
  ({ known }) => encode(known).replaceAll('%20', '+'),
  ({ known }) => JSON.stringify({ value: known }),
  ({ unknown }) => `jdbc:postgresql://user:${unknown}@db.example.com:5432/orders`,
  ({ unknown }) => encode(`jdbc:mysql://user:${unknown}@db.example.com/orders`),
  // A password that holds an @, as it should not, but does
  ({ unknown }) => `mongodb://user:${unknown}@${unknown}@db.example.com:27017/orders`,
  ({ unknown }) => encode(`mongodb://user:${unknown}@${unknown}@db.example.com:27017/orders`),
  ({ unknown }) => `jdbc:oracle:thin:user/${unknown}@db.example.com:1521:orders`,
  ({ unknown }) => `jdbc:mysql://db.example.com/orders?user=me&password=${unknown}&ssl=true`,
  ({ unknown }) => `jdbc:sqlserver://db.example.com;user=sa;PWD=${unknown};encrypt=true`,
  ({ unknown }) => encode(`?password=${unknown}`),
  ({ unknown }) => `{user=me, password=${unknown}, ssl=true}`,
  ({ unknown }) => `password = ${unknown}`,
  ({ unknown }) => `password="${unknown} and more, or less; ${unknown}"`,
  ({ unknown }) => `password='${unknown.replaceAll("'", '%27')}'`,
  ({ unknown }) => JSON.stringify({ PASSWORD: unknown }),
  ({ unknown }) => JSON.stringify({ PASSWORD: `${unknown}"${unknown}` }),
  ({ unknown }) => JSON.stringify(JSON.stringify({ PASSWORD: unknown })),
  ({ unknown }) => `Authorization: Bearer ${unknown.replaceAll("'", '%27')}`,
  ({ responseUrl }) => responseUrl,
  ({ responseUrl }) => encode(responseUrl),
  ({ responseUrl }) => new URL(responseUrl).search,
];

/** Where a secret is in the properties; some of these are refused. */
export const PLACES: readonly ((secrets: Secrets) => Record<string, unknown>)[] = [
  ({ known }) => ({ Triggers: { password: known } }),
  ({ known }) => ({ Triggers: { list: [{ dbCredentials: { one: ['x', known] } }] } }),
  ({ known }) => ({ TestConnectionInput: { ConnectionProperties: { PASSWORD: known } } }),
  ({ known }) => ({ ApiToken: known }),
  ({ known }) => ({
    ConnectionName: undefined,
    TestConnectionInput: {
      ConnectionType: 'JDBC',
      ConnectionProperties: { JDBC_CONNECTION_URL: 'jdbc:mysql://db/orders', USERNAME: 'user', PASSWORD: known },
    },
  }),
  ({ known }) => ({
    ConnectionName: undefined,
    TestConnectionInput: {
      ConnectionType: 'SALESFORCE',
      ConnectionProperties: {},
      AuthenticationConfiguration: { CustomAuthenticationCredentials: { SecretId: known } },
    },
  }),
  ({ known, unknown }) => ({
    Triggers: { secret: known },
    ConnectionName: `jdbc:mysql://user:${unknown}@db`,
  }),
];
