/** A notation that reveals a credential, even if its value is unknown. */
export interface CredentialForm {
  /** What precedes the credential and stays. If the pattern has a group `name`, its match must sound secret. */
  readonly before: RegExp;
  /** What is masked, starting where `before` ends. */
  readonly secret: RegExp;
  /** What every text of this form contains. Searching any other text would only waste time. */
  readonly needs: string;
}

const raw = String.raw;

const NAME = raw`(?<![\w.-])(?<name>(?:\w+ (?=key))?[\w.-]+)`;
const STRINGS = [
  raw`"(?:[^"\\]|\\[^]|"")*"(?!")`,
  raw`'(?:[^'\\]|\\[^]|'')*'(?!')`,
  raw`\{(?:[^}]|\}\})*\}(?!\})`,
].join('|');

/** The end of a text, a word or a clause. The punctuation that closes it is not part of a value. */
const CLOSED = raw`["')\]}>.,;:]{0,2}(?:\s|$)`;
const NEXT_PAIR = raw`[;&][\w.%-]{1,64}\s{0,8}=`;

/** Matches a string, whole or cut off, or else everything up to `end`. */
function valueUpTo(end: string): string {
  return (
    raw`(?:${STRINGS})(?=[\s,;&)\]}>:.]|\/>|$)|(?:${STRINGS})\S*?(?=${end})|["'{][^]*|` +
    raw`(?!${end}|[;&]\s)\S+?(?=${end})`
  );
}

const VALUE = valueUpTo(`${CLOSED}|${NEXT_PAIR}`);

/** Values that follow a colon in prose and in lists, but are not secrets. */
const HARMLESS_VALUE = raw`(?:yes|no|none|null|true|false|arn:aws[\w-]*:secretsmanager:\S*?)(?=${CLOSED})`;

/** The end of a line, which may follow a YAML indicator for a value on the next lines. */
const BLOCK = raw`(?:[|>][+-]?[ \t]{0,8})?\r?\n`;

function form(needs: string, before: string, secret: string, flags = 'i'): CredentialForm {
  return { needs, before: new RegExp(before, `${flags}g`), secret: new RegExp(secret, `${flags}y`) };
}

/**
 * Each form in its plain notation, because texts are decoded before they are searched. No pattern takes more than a few
 * thousand steps at one position, and none returns to a position.
 */
export const CREDENTIAL_FORMS = {
  // An address in brackets is not a user. Neither is a dotted name before a port. Other digits may be a password.
  userInfo: form(
    '@',
    raw`:\/\/(?!\[[\da-f:.]*\]|[^\s/?#:@.]{1,64}\.[^\s/?#:@]{1,256}:\d{1,5}[/?#,;])[^\s/?#:]{0,256}:`,
    raw`(?=[^\s@]{0,2048}@)(?:(?![?;&][\w.-]{1,64}=)\S){1,2048}(?=@)`,
  ),
  oracleUser: form(
    '@',
    raw`:(?:thin|oci\d?):[^\s/@]{1,256}\/`,
    raw`"[^"\n]{1,256}"(?=@)|(?=[^\s@]{0,1024}@)\S{1,1024}(?=@)`,
  ),
  queryParameter: form('=', raw`[?&]${NAME}=(?!&)`, raw`\S+?(?=${CLOSED}|&)`),
  connectionStringPair: form(
    ';',
    raw`;\s{0,8}${NAME}\s{0,8}=\s{0,8}(?!;)`,
    raw`(?!["'{])[^;\n]{1,256}(?=;\s{0,8}[\w. -]{1,64}=)|${valueUpTo(`${CLOSED}|;`)}`,
  ),
  memberOfPrintedObject: form(
    '=',
    raw`${NAME}=(?<=[{(][^{}()\n]{0,512})`,
    raw`[^\n]{1,1024}?(?=, ?[\w.-]{1,64}=|[})](?:["'\s,.;:)\]}]|$))`,
  ),
  assignment: form('=', raw`${NAME}["']?\s{0,8}:?=>?\s{0,8}`, VALUE),
  // After `secret`, messages quote the name of a secret, not a key.
  jsonMember: form(
    ':',
    raw`(?<!\bsecret )["'](?!arn:)(?<name>[^"'\n]{1,128})["']\s{0,8}:\s{0,8}`,
    raw`"(?:[^"\\]|\\[^])*(?:"|$)|'(?:[^'\\]|\\[^])*(?:'|$)|[{[][^]*[}\]]|[{[][^]*|` +
      raw`(?:-?\d[\d.e+-]*|true|false|null)(?=[\s,}\]]|$)|${VALUE}`,
  ),
  label: form(':', raw`${NAME}:[ \t]{1,8}(?!${HARMLESS_VALUE}|${BLOCK})`, VALUE),
  labelOfNextLine: form('\n', raw`${NAME}:[ \t]{0,8}${BLOCK}\s{0,64}`, raw`[^\r\n]+`),
  // Without a space after the colon, most names before it are parts of ARNs and hosts. The token is that of the caller: a
  // service that refuses a signature quotes the headers that were signed.
  tightLabel: form(
    ':',
    raw`(?<![\w.-])[\w.-]*(?:pass(?:word|wd|phrase|code)?|pwd|x-amz-security-token):(?![\s/])`,
    VALUE,
  ),
  xmlElement: form(
    '</',
    raw`<(?<name>[\w.:-]+)(?:\s[^<>]{0,256})?>\s{0,8}`,
    raw`(?:<!\[CDATA\[[^]*?\]\]>|[^<])+(?=<\/)`,
  ),
  nameAndValue: form(
    '',
    raw`\b(?:name|key)["']?\s{0,8}[:=]\s{0,8}["'](?<name>[^"'\n]{1,128})["'],?\s{0,8}["']?value["']?\s{0,8}[:=]\s{0,8}`,
    VALUE,
  ),
  commandLineOption: form('', raw`(?<![\w.-])(?<name>--?[\w.-]+)[ \t]{1,8}(?!-)`, VALUE),
  sql: form('', raw`\b(?:identified\s{1,8}by\s{1,8}|password\s{1,8}(?=["']))`, VALUE),
  bearer: form('', raw`\bbearer\s{1,8}`, raw`[^\s,;"']{8,4096}`),
  // Plain words don't match: the value contains more than letters, or `aB` in the middle.
  basic: form(
    '',
    raw`\b[Bb][Aa][Ss][Ii][Cc]\s{1,8}`,
    raw`(?=[A-Za-z]{0,256}?(?:[\d+/=]|[a-z][A-Z]))[^\s,;"']{8,4096}`,
    '',
  ),
  jsonWebToken: form('eyJ', raw`\b(?=eyJ)`, raw`eyJ[\w-]{4,4096}\.[\w-]{4,4096}(?:\.[\w-]*){0,3}`, ''),
  privateKey: form('PRIVATE KEY', raw`-----BEGIN [A-Z ]{0,32}PRIVATE KEY-----`, raw`[^]+?(?=-----END|$)`, ''),
} satisfies Readonly<Record<string, CredentialForm>>;

/** Every form contains one of these. Most texts are names, and need not go through the forms. */
export const MAY_HOLD_CREDENTIALS = /[:=%&\\<]|--|\s-\w|(?:basic|bearer|password|by)\s|eyJ/i;
