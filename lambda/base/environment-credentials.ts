/**
 * Replaces `@aws-sdk/credential-provider-node` in the bundle. Lambda provides its credentials in environment variables.
 * The providers for SSO, web identity, processes and the rest would make up half of the bundle.
 */
export { fromEnv as defaultProvider } from '@aws-sdk/credential-provider-env';
