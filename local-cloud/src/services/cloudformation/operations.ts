import { ApiError } from '../../cloudformation';
import { ServiceError } from '../../service-error';
import type { Operation, Operations } from '../protocols/protocol';
import { changeSetOperations } from './change-set-operations';
import type { ApiContext } from './context';
import { stackOperations } from './stack-operations';
import { viewOperations } from './view-operations';

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_Operations.html */
export function cloudFormationOperations(api: ApiContext): Operations {
  const operations = { ...stackOperations(api), ...changeSetOperations(api), ...viewOperations(api) };
  return Object.fromEntries(
    Object.entries(operations).map(([name, operation]) => [name, withServiceErrors(operation)]),
  );
}

function withServiceErrors(operation: Operation): Operation {
  return async (caller, input) => {
    try {
      return await operation(caller, input);
    } catch (error) {
      throw error instanceof ApiError ? new ServiceError(error.name, error.message) : error;
    }
  };
}
