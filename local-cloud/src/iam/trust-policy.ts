import type { PolicyDocument } from './policy-document';

interface Statement {
  readonly Effect?: string;
  readonly Principal?: string | { readonly Service?: string | readonly string[] };
  readonly Action?: string | readonly string[];
}

/**
 * Whether a service may take on a role. Conditions, and what is denied, are not looked at.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_update-role-trust-policy.html
 */
export function trusts({ Statement = [] }: PolicyDocument, service: string): boolean {
  return [Statement].flat().some((statement) => {
    const { Effect, Principal, Action } = statement as Statement;
    const services = typeof Principal === 'object' ? [Principal.Service].flat() : [Principal];
    const actions = [Action].flat();
    return (
      Effect === 'Allow' &&
      [service, '*'].some((allowed) => services.includes(allowed)) &&
      ['sts:AssumeRole', 'sts:*', '*'].some((allowed) => actions.includes(allowed))
    );
  });
}
