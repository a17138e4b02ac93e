import { ServiceError } from '../service-error';

/**
 * An error of IAM, in the form in which CloudFormation passes it on.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/APIReference/CommonErrors.html
 */
export function iamError(code: string, message: string, statusCode: number): ServiceError {
  return new ServiceError(code, `${message} (Service: Iam, Status Code: ${statusCode})`, statusCode);
}
