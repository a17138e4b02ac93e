export const GLUE_GUIDE = 'https://docs.aws.amazon.com/glue/latest/dg';
export const TROUBLESHOOTING = `${GLUE_GUIDE}/glue-troubleshooting-errors.html`;
export const PROPERTIES = `${GLUE_GUIDE}/connection-properties.html`;
export const JDBC = `${PROPERTIES}#connection-properties-jdbc`;
export const TLS = `${PROPERTIES}#connection-properties-SSL`;
export const VPC_SETUP = `${GLUE_GUIDE}/setup-vpc-for-glue-access.html`;
export const RUNBOOK =
  'https://docs.aws.amazon.com/systems-manager-automation-runbooks/latest/userguide/automation-awssupport-troubleshootglueconnection.html';
export const ACCESS_DENIED = 'https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html';
export const SECRETS = 'https://docs.aws.amazon.com/secretsmanager/latest/userguide/troubleshoot.html';
export const ENCRYPTED_SECRETS = 'https://docs.aws.amazon.com/secretsmanager/latest/userguide/security-encryption.html';
