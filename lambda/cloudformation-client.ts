/** A module of its own, so that what is loaded on demand is these two and what they need, not the whole package. */
export { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
