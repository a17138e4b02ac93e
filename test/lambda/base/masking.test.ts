import { exception, output } from '../aws-stub';
import { blackBox, invoke, oauth2, PASSWORD, reference, scriptSecret, useInputs } from '../inputs';

useInputs();

describe('fails', () => {
  test('with a readable reason when a secret is hardly more than blanks', async () => {
    scriptSecret(output({ SecretString: 'e  ' }));
    blackBox.aws.script('TestConnection', 'BLANK', exception('InvalidInputException', 'refused the user'));
    const { answer } = await invoke('BLANK', { ConnectionProperties: { PASSWORD: reference() } });

    expect(answer.Reason).toContain('Glue: refused the user (');
  });

  test('when Glue refuses a password that came from a secret, without showing it', async () => {
    blackBox.aws.script('TestConnection', 'REFUSED', exception('InvalidInputException', `FATAL: not ${PASSWORD}`));
    const { answer } = await invoke('REFUSED', { ConnectionProperties: { PASSWORD: reference('password') } });

    expect(answer.Reason).toContain('Glue: FATAL: not **** (InvalidInputException)');
  });

  test.each([
    ['trimmed', (value: string) => value.trim()],
    ['on one line', (value: string) => value.replaceAll('\t', ' ').trim()],
    ['as Java encodes it', (value: string) => new URLSearchParams({ a: value.trim() }).toString().slice(2)],
    ['in Base64', (value: string) => Buffer.from(value).toString('base64')],
    ['as RFC 3986 has it', (value: string) => encodeURIComponent(value.trim()).replaceAll('!', '%21')],
  ])('when Glue repeats a secret %s, without showing it', async (_, form) => {
    const value = 'hunter2!\txyz\n';
    scriptSecret(output({ SecretString: value }));
    blackBox.aws.script('TestConnection', 'FORM', exception('InvalidInputException', `not ${form(value)}, no`));
    const { answer } = await invoke('FORM', { ConnectionProperties: { PASSWORD: reference() } });

    expect(answer.Reason).toContain('Glue: not ****, no (InvalidInputException)');
  });

  test.each([
    ['as HTML', (value: string) => value.replaceAll("'", '&#39;').replaceAll('&', '&amp;')],
    ['as escapes of JSON', (value: string) => value.replaceAll("'", '\\u0027').replaceAll('=', '\\u003D')],
    ['in upper case', (value: string) => value.toUpperCase()],
    ['encoded twice', (value: string) => encodeURIComponent(encodeURIComponent(value))],
  ])('when Glue repeats a secret %s, without showing it', async (_, form) => {
    const value = "it's=hunter2";
    scriptSecret(output({ SecretString: value }));
    blackBox.aws.script('TestConnection', 'DEEP', exception('InvalidInputException', `not ${form(value)}, no`));
    const { answer } = await invoke('DEEP', { ConnectionProperties: { PASSWORD: reference() } });

    expect(answer.Reason).toContain('Glue: not ****, no (InvalidInputException)');
  });

  test('when Glue repeats a property whose name sounds secret, without showing it', async () => {
    blackBox.aws.script('TestConnection', 'COSMOS', exception('InvalidInputException', 'FATAL: not hunter2=='));
    const { answer } = await invoke('COSMOS', { ConnectionProperties: { 'spark.cosmos.accountKey': 'hunter2==' } });

    expect(answer.Reason).toContain('Glue: FATAL: not **** (');
  });

  test.each([
    ['no: password=Ab1,rest in it', 'no: password=**** in it'],
    ['no: PWD={a}}rest} in it', 'no: PWD=**** in it'],
    ["no: password='a''rest' in it", 'no: password=**** in it'],
    ['no: mongodb://u:a/rest@h in it', 'no: mongodb://u:****@h in it'],
    ['no: AccountKey=Ab1/rest==;Database=x in it', 'no: AccountKey=****;Database=x in it'],
    ['no: spark.cosmos.accountKey=Ab1/rest== in it', 'no: spark.cosmos.accountKey=**** in it'],
    ['no: password:\n  Ab1-rest', 'no: password:\n  ****'],
  ])('when Glue says %j, without what it says of a password', async (message, said) => {
    blackBox.aws.script('TestConnection', 'SAYS', exception('InvalidInputException', message));
    const { answer, entries } = await invoke('SAYS', { ConnectionProperties: { USERNAME: 'orders' } });

    expect(answer.Reason).toContain(`Glue: ${said} (`);
    expect(JSON.stringify(entries)).not.toContain('rest');
  });

  test('when a field was meant of a secret that is used as a whole, without showing the field', async () => {
    scriptSecret(output({ SecretString: JSON.stringify({ password: PASSWORD }) }));
    blackBox.aws.script('TestConnection', 'WHOLE', exception('InvalidInputException', `not ${PASSWORD}`));
    const { answer } = await invoke('WHOLE', { ConnectionProperties: { PASSWORD: reference() } });

    expect(answer.Reason).toContain('Glue: not **** (');
  });

  test.each([
    ['password', 'FATAL: password authentication failed for user "x"', 'CREDENTIALS'],
    ['refused', 'Connection to db:5432 refused', 'UNREACHABLE'],
  ])('with the same category when the secret is the word %s', async (word, message, category) => {
    scriptSecret(output({ SecretString: word }));
    blackBox.aws.script('TestConnection', 'WORD', exception('InvalidInputException', message));
    const { answer } = await invoke('WORD', { ConnectionProperties: { PASSWORD: reference() } });

    expect(answer.Reason).toContain(`Glue connection input of type WORD failed its test: ${category}.`);
    expect(answer.Reason?.split('\n')[1]).toContain('****');
  });

  test.each([
    ['user name', { BasicAuthenticationCredentials: { Username: 'the-plain-one', Password: 'x-y-z' } }],
    ['redirect URI', oauth2({ AuthorizationCodeProperties: { RedirectUri: 'https://the-plain-one' } })],
    ['parameter', oauth2({ TokenUrlParametersMap: { audience: 'the-plain-one' } })],
    ['token URL', oauth2({ TokenUrl: 'https://the-plain-one' })],
  ])('with the words of Glue about a %s, which is no secret', async (_, AuthenticationConfiguration) => {
    blackBox.aws.script('TestConnection', 'PLAIN', exception('InvalidInputException', 'not https://the-plain-one'));
    const { answer } = await invoke('PLAIN', { AuthenticationConfiguration });

    expect(answer.Reason).toContain('Glue: not https://the-plain-one (');
  });

  test('when Glue repeats the header of basic authentication, without showing it', async () => {
    const credentials = Buffer.from(`id:${PASSWORD}`).toString('base64');
    const words = `401 for Basic ${credentials}, Basic authentication is on`;
    blackBox.aws.script('TestConnection', 'HEADER', exception('InvalidInputException', words));
    const { answer } = await invoke('HEADER', { ConnectionProperties: { PASSWORD: reference('password') } });

    expect(answer.Reason).toContain('Glue: 401 for Basic ****, Basic authentication is on (');
  });

  test('when a plain password is refused, without showing it', async () => {
    blackBox.aws.script('TestConnection', 'NOECHO', exception('InvalidInputException', `FATAL: not ${PASSWORD}`));
    const { answer } = await invoke('NOECHO', {
      AuthenticationConfiguration: { BasicAuthenticationCredentials: { Username: 'orders', Password: PASSWORD } },
    });

    expect(answer.Reason).toContain('Glue: FATAL: not **** (InvalidInputException)');
  });
});
