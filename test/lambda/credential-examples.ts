import type { CREDENTIAL_FORMS } from '../../lambda/base/redaction/credential-forms';

/** Where the credential stands in an example. */
export const HERE = '«»';

export interface Examples {
  /** Texts of this form; all but the credential stays readable. */
  readonly texts: readonly string[];
  /** What stays of them, where it is less than all around the credential. */
  readonly stays?: readonly [before: string, after: string];
  /** How the form writes a value. */
  readonly write?: (value: string) => string;
  /** What a value must not look like as it is written, since it would end there, or be of another form. */
  readonly without: RegExp;
}

const BLANK = /\s/;
/** Strings and braces begin with it, and a pair that follows looks like the next one. */
const BARE = /\s|^["'{;&]|[;&][\w.%-]*\s*=|["')\]}>.,;:]$/;
const doubled = (mark: string) => (value: string) => value.replaceAll(mark, mark + mark);
const escaped = (mark: string) => (value: string) => value.replace(/\\/g, '\\\\').replaceAll(mark, `\\${mark}`);
const json = (value: string) => JSON.stringify(value);
const never = /(?!)/;

type Form = keyof typeof CREDENTIAL_FORMS;

/** Of each form, what it looks like. */
export const EXAMPLES: Readonly<Record<Form, readonly Examples[]>> = {
  userInfo: [
    {
      texts: [
        'mongodb://user:«»@db.example.com:27017/orders is down',
        'redis://:«»@db',
        'jdbc:mysql://first.last@corp:«»@db/x?a=b',
      ],
      without: /\s|[?;&][\w.-]*=|^\d{1,5}([/?#,;]|$)/,
    },
  ],
  oracleUser: [
    { texts: ['jdbc:oracle:thin:user/«»@db:1521:orders', 'jdbc:oracle:oci8:user/«»@//db:1521/x'], without: BLANK },
    { texts: ['jdbc:oracle:thin:user/«»@db'], write: (value) => `"${value}"`, without: /^".*["\n].*"$|\n/s },
  ],
  queryParameter: [
    {
      texts: ['jdbc:mysql://db/orders?user=me&password=«»&ssl=true', 'GET /?api_key=«» failed', 'x?sslpassword=«»&a=b'],
      without: /\s|&|["')\]}>.,;:]$/,
    },
  ],
  connectionStringPair: [
    {
      texts: [
        'AccountEndpoint=https://db.example.com:443/;AccountKey=«»;Database=x',
        'Endpoint=sb://bus.example.com/;SharedAccessKey=«»;EntityPath=x',
        'jdbc:sqlserver://db:1433;user=sa; Pwd = «»; encrypt=true',
        'jdbc:db2://db:50000/orders:user=me;password=«»;',
      ],
      without: /\s|;|^["'{]|["')\]}>.,;:]$/,
    },
    {
      texts: ['jdbc:sqlserver://db;PWD=«»;encrypt=true', 'Driver=x;Password=«» failed'],
      write: (value) => `{${doubled('}')(value)}}`,
      without: never,
    },
    { texts: ['Server=db;Password=«»;Encrypt=true'], write: (value) => `"${doubled('"')(value)}"`, without: /\\/ },
    { texts: ['Server=db;Password=«»;Encrypt=true'], without: /[;\n]|^\s|^["'{]|\s$/ },
  ],
  memberOfPrintedObject: [
    {
      texts: ['{user=me, password=«», ssl=true}', 'Login(user=me, apiKey=«»)'],
      without: /\n|[})]\W|[})]$|, ?[\w.-]*=|^["'{\s]/,
    },
  ],
  assignment: [
    {
      texts: ['password=«» x', 'the Passwd = «»', 'secret := «»', '-Dspark.cosmos.accountKey=«» x', 'the api key=«»'],
      without: BARE,
    },
    { texts: ["password='«»', x=y", "password = '«»'"], write: doubled("'"), without: /\\/ },
    { texts: ["password='«»', x=y"], write: escaped("'"), without: never },
    { texts: ['clientSecret="«»" x', '\'token\' => "«»", x'], write: escaped('"'), without: never },
    { texts: ['PWD={«»} x', 'PWD={«»}; x=y'], write: doubled('}'), without: never },
  ],
  jsonMember: [
    {
      texts: ['{"user": "me", "password": «», "port": 1}', '{"refresh token":«»}'],
      write: json,
      without: never,
    },
    { texts: ["{'user': 'me', 'password': '«»', 'port': 1}"], write: escaped("'"), without: never },
    {
      texts: ['{"credentials": {"a": {"b": «»}, "c": 2}, "port": 1}'],
      stays: ['{"credentials": ', ''],
      write: json,
      without: never,
    },
    { texts: ['{"tokens": ["x", «»], "port": 1}'], stays: ['{"tokens": ', ''], write: json, without: never },
  ],
  label: [
    {
      texts: ['password: «» x', 'X-Api-Key: «»', 'user: me, secret: «», x: y'],
      without: /\s|^["'{;&]|[;&][\w.%-]*\s*=|["')\]}>.,;:]$/,
    },
    { texts: ["password: '«»' x"], write: doubled("'"), without: /\\/ },
  ],
  labelOfNextLine: [
    { texts: ['user: me\npassword:\n«»\nport: 1', 'password: >-\r\n  «»\r\nport: 1'], without: /[\r\n]|^\s|\s$/ },
  ],
  tightLabel: [
    {
      texts: ['user:me,password:«» x', 'it is pass:«» x'],
      without: /\s|^[/"'{;&]|[;&][\w.%-]*\s*=|["')\]}>.,;:]$/,
    },
  ],
  xmlElement: [
    {
      texts: ['<user>me</user><db:password type="x">«»</db:password><port>1</port>'],
      write: (value) => value.replaceAll('&', '&amp;').replaceAll('<', '&lt;'),
      without: /^\s|\s$/,
    },
    { texts: ['<accountKey><![CDATA[«»]]></accountKey>'], stays: ['<accountKey>', '</accountKey>'], without: /]$|]]/ },
  ],
  nameAndValue: [
    {
      texts: ['<property name="password" value="«»"/> x'],
      stays: ['<property name="password" value=', ' x'],
      write: (value) => value.replaceAll('"', '&quot;'),
      without: /\\/,
    },
    { texts: ['{"name":"spark.cosmos.accountKey","value":«», "x": 1}'], write: json, without: never },
  ],
  commandLineOption: [
    {
      texts: ['run --password «» --host db', 'run -token «» x'],
      without: /\s|^["'{;&-]|[;&][\w.%-]*\s*=|["')\]}>.,;:]$/,
    },
    { texts: ['run --client-secret "«»" x'], write: escaped('"'), without: never },
  ],
  sql: [
    {
      texts: ["CREATE ROLE x PASSWORD '«»' LOGIN", "CREATE USER x IDENTIFIED BY '«»' x"],
      write: doubled("'"),
      without: /\\/,
    },
    { texts: ['CREATE USER x IDENTIFIED BY «» x'], without: BARE },
  ],
  bearer: [{ texts: ['Authorization: Bearer «», x'], write: (value) => `abcdefgh${value}`, without: /[\s,;"']/ }],
  basic: [
    {
      texts: ['Authorization: Basic «»; x'],
      write: (value) => Buffer.from(`user1:${value}`).toString('base64'),
      without: never,
    },
  ],
  jsonWebToken: [
    {
      texts: ['not «» x'],
      write: (value) => `eyJhbGciOiJub25lIn0.${Buffer.from(value).toString('base64url')}.x-y_z`,
      without: never,
    },
  ],
  privateKey: [
    {
      texts: ['-----BEGIN RSA PRIVATE KEY-----«»-----END RSA PRIVATE KEY----- x'],
      write: (value) => `\n${Buffer.from(value).toString('base64')}\n`,
      without: never,
    },
  ],
};
