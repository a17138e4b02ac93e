import { request as requestByHttp } from 'node:http';
import { request as requestByHttps } from 'node:https';
import { text } from 'node:stream/consumers';
import { ServiceError } from '../../service-error';
import { invalidInput } from './credentials';
import { CONNECT_TIMEOUT_MS } from './login';
import { describeNetworkError } from './network-error';

export interface HttpAnswer {
  readonly ok: boolean;
  readonly status: number;
  readonly text: string;
}

/** Sends a form, or just asks. Redirects are not followed, since they could carry credentials elsewhere. */
export async function send(url: string, headers: Record<string, string>, form?: URLSearchParams): Promise<HttpAnswer> {
  try {
    return await exchange(url, headers, form);
  } catch (error) {
    const { host } = new URL(url);
    const { name, message } = error as Error;
    const isTimeout = name === 'AbortError' || name === 'TimeoutError';
    throw invalidInput(
      isTimeout ? `Read timed out: ${host}` : (describeNetworkError(error as Error, host) ?? `${message}: ${host}`),
    );
  }
}

function exchange(url: string, headers: Record<string, string>, form?: URLSearchParams): Promise<HttpAnswer> {
  return new Promise((resolve, reject) => {
    const request = (url.startsWith('https:') ? requestByHttps : requestByHttp)(url, {
      method: form === undefined ? 'GET' : 'POST',
      headers: { ...headers, ...(form && { 'content-type': 'application/x-www-form-urlencoded' }) },
      agent: false,
      signal: AbortSignal.timeout(CONNECT_TIMEOUT_MS),
    });
    request.on('error', reject);
    request.on('response', (response) => {
      const status = response.statusCode ?? 0;
      text(response).then((content) => resolve({ ok: status >= 200 && status < 300, status, text: content }), reject);
    });
    request.end(form?.toString());
  });
}

/** What providers call a fault (RFC 6749, 5.2; 400 and more), and what Glue calls it. */
const FEDERATION_ERROR_CODES: Readonly<Record<string, string>> = {
  invalid_client: 'InvalidCredentialsException',
  invalid_grant: 'InvalidCredentialsException',
  invalid_response: 'InvalidResponseException',
  unauthorized_client: 'AccessDeniedException',
  access_denied: 'AccessDeniedException',
  401: 'InvalidCredentialsException',
  403: 'AccessDeniedException',
  404: 'EntityNotFoundException',
  429: 'ThrottlingException',
};

/** @see https://docs.aws.amazon.com/glue/latest/webapi/API_FederationSourceException.html */
export function federationFault(status: number, message = `HTTP ${status}`, error = String(status)): ServiceError {
  const code = status >= 500 ? 'InternalServiceException' : (FEDERATION_ERROR_CODES[error] ?? 'InvalidInputException');
  return new ServiceError('FederationSourceException', message, 400, { FederationSourceErrorCode: code });
}
