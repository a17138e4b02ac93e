/**
 * Stands in for `@aws-sdk/credential-provider-node` in the bundle: Lambda gives its credentials by environment
 * variables, and the providers for SSO, web identity, processes and the rest would be half of the bundle.
 */
export { fromEnv as defaultProvider } from '@aws-sdk/credential-provider-env';
