import { partition } from '@aws-sdk/core/client';
import { lookup } from 'node:dns/promises';
import type { Options } from '../arguments/options';
import { UsageError } from '../arguments/usage-error';

/**
 * Puts what the command line says into the environment, where every client of the SDK finds it, also those of the
 * core.
 */
export function prepareEnvironment({ region, profile }: Pick<Options, 'region' | 'profile'>): void {
  const { env } = process;
  // The SDK warns whoever runs it with this Node.js, but only this package can follow its advice.
  env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';
  if (profile !== undefined) {
    env.AWS_PROFILE = profile;
    // A profile that is asked for comes before keys that happen to be there, as with the AWS CLI.
    for (const name of [
      'AWS_ACCESS_KEY_ID',
      'AWS_SECRET_ACCESS_KEY',
      'AWS_SESSION_TOKEN',
      'AWS_CREDENTIAL_EXPIRATION',
    ]) {
      Reflect.deleteProperty(env, name);
    }
  }
  // The AWS CLI knows both; the SDK knows the first.
  const chosen = [region, env.AWS_REGION, env.AWS_DEFAULT_REGION].find((one) => one !== undefined && one !== '');
  if (chosen !== undefined) {
    env.AWS_REGION = chosen;
  }
}

/**
 * Checks that a Region exists. Regions that are newer than the SDK are looked up by their name in the DNS.
 *
 * @throws UsageError
 */
export async function checkRegion(region: string): Promise<void> {
  if (isListed(region)) {
    return;
  }
  const host = `glue.${region}.${partition(region).dnsSuffix}`;
  const exists = /^[a-z]{2,}(-[a-z]+)+-\d+$/.test(region) && (await lookup(host).then(Boolean, () => false));
  if (!exists) {
    const usual = region.trim().toLowerCase().replaceAll('_', '-');
    const like = usual.replace(/-?\d*$/, '');
    const others = isListed(usual)
      ? [usual]
      : [1, 2, 3, 4, 5, 6, 7].map((number) => `${like}-${number}`).filter(isListed);
    const listed = others.join(', ').replace(/, (\S+)$/, ' or $1');
    const hint = listed === '' ? 'expected a name such as eu-west-1' : `did you mean ${listed}?`;
    throw new UsageError(`the Region '${region}' does not exist; ${hint}`);
  }
}

/** Only Regions that the SDK knows have a description. */
function isListed(region: string): boolean {
  return 'description' in partition(region);
}
