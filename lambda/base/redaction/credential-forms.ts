/** A way to write a credential, by which it can be told without knowing it. */
export interface CredentialForm {
  /** What introduces it and stays; what its group `name` matches, if there is one, must sound secret. */
  readonly before: RegExp;
  /** From there on, what is masked. */
  readonly secret: RegExp;
  /** What each text of the form holds: to look for the form in others would only take time. */
  readonly needs: string;
}

const raw = String.raw;

const NAME = raw`(?<![\w.-])(?<name>(?:\w+ (?=key))?[\w.-]+)`;
const STRINGS = [
  raw`"(?:[^"\\]|\\[^]|"")*"(?!")`,
  raw`'(?:[^'\\]|\\[^]|'')*'(?!')`,
  raw`\{(?:[^}]|\}\})*\}(?!\})`,
].join('|');

/** The end of a text, of a word or of a clause: what closes it is not part of a value. */
const CLOSED = raw`["')\]}>.,;:]{0,2}(?:\s|$)`;
const NEXT_PAIR = raw`[;&][\w.%-]{1,64}\s{0,8}=`;

/** A string, whole or cut, or else all up to an end. */
function valueUpTo(end: string): string {
  return (
    raw`(?:${STRINGS})(?=[\s,;&)\]}>:.]|\/>|$)|(?:${STRINGS})\S*?(?=${end})|["'{][^]*|` +
    raw`(?!${end}|[;&]\s)\S+?(?=${end})`
  );
}

const VALUE = valueUpTo(`${CLOSED}|${NEXT_PAIR}`);

/** What follows a colon in prose and in lists, and is no secret. */
const PLAIN_ANSWER = raw`(?:yes|no|none|null|true|false|arn:aws[\w-]*:secretsmanager:\S*?)(?=${CLOSED})`;

/** The end of a line, after a sign of YAML that the value is in the next ones. */
const BLOCK = raw`(?:[|>][+-]?[ \t]{0,8})?\r?\n`;

function form(needs: string, before: string, secret: string, flags = 'i'): CredentialForm {
  return { needs, before: new RegExp(before, `${flags}g`), secret: new RegExp(secret, `${flags}y`) };
}

/**
 * Each form in its plain notation: texts are read in all their encodings. No pattern takes more than a few thousand
 * steps at one place, and none comes back to a place.
 */
export const CREDENTIAL_FORMS = {
  // What looks like a port is one, and an address in brackets is no user.
  userInfo: form(
    '@',
    raw`:\/\/(?!\[[\da-f:.]*\])[^\s/?#:]{0,256}:(?!\d{1,5}(?:[/?#,;\s]|$))`,
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
  // A secret has a name as well, by which messages call it.
  jsonMember: form(
    ':',
    raw`(?<!\bsecret )["'](?!arn:)(?<name>[^"'\n]{1,128})["']\s{0,8}:\s{0,8}`,
    raw`"(?:[^"\\]|\\[^])*(?:"|$)|'(?:[^'\\]|\\[^])*(?:'|$)|[{[][^]*[}\]]|[{[][^]*|` +
      raw`(?:-?\d[\d.e+-]*|true|false|null)(?=[\s,}\]]|$)|${VALUE}`,
  ),
  label: form(':', raw`${NAME}:[ \t]{1,8}(?!${PLAIN_ANSWER}|${BLOCK})`, VALUE),
  labelOfNextLine: form('\n', raw`${NAME}:[ \t]{0,8}${BLOCK}\s{0,64}`, raw`[^\r\n]+`),
  // Without a blank, most names before a colon are parts of ARNs and hosts.
  tightLabel: form(':', raw`(?<![\w.-])[\w.-]*(?:pass(?:word|wd|phrase|code)?|pwd):(?![\s/])`, VALUE),
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
  // No word: there is more than letters in it, or `aB` in the middle.
  basic: form(
    '',
    raw`\b[Bb][Aa][Ss][Ii][Cc]\s{1,8}`,
    raw`(?=[A-Za-z]{0,256}?(?:[\d+/=]|[a-z][A-Z]))[^\s,;"']{8,4096}`,
    '',
  ),
  jsonWebToken: form('eyJ', raw`\b(?=eyJ)`, raw`eyJ[\w-]{4,4096}\.[\w-]{4,4096}(?:\.[\w-]*){0,3}`, ''),
  privateKey: form('PRIVATE KEY', raw`-----BEGIN [A-Z ]{0,32}PRIVATE KEY-----`, raw`[^]+?(?=-----END|$)`, ''),
} satisfies Readonly<Record<string, CredentialForm>>;

/** Each form takes one of these. Most texts are names, and need not go through the forms. */
export const MAY_HOLD_CREDENTIALS = /[:=%&\\<]|--|\s-\w|(?:basic|bearer|password|by)\s|eyJ/i;
