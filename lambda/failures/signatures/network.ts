import type { Signature } from '../diagnosis';
import { GLUE_GUIDE, RUNBOOK, TROUBLESHOOTING, VPC_SETUP } from './links';

/** Problems with the network that Glue gives the connection. Parts of it may be new, and not ready yet. */
export const VPC: readonly Signature[] = [
  {
    anyOf: [
      'could not find s3 endpoint or nat gateway',
      /s3 endpoint.{0,80}validation.{0,80}failed/,
      'unabletofindvpcendpoint',
    ],
    category: 'CONFIGURATION',
    cause: 'The subnet of the connection has no route to Amazon S3.',
    nextStep: "Add a gateway endpoint for S3 to the subnet's route table, or a NAT gateway.",
    link: TROUBLESHOOTING,
    network: 'COMING_UP',
  },
  {
    anyOf: ['open all ingress ports'],
    category: 'CONFIGURATION',
    cause: 'No security group of the connection lets its own members in.',
    nextStep: 'Add an inbound rule for all TCP ports to one of them, with the group itself as its source.',
    link: VPC_SETUP,
    network: 'COMING_UP',
  },
  {
    anyOf: ['open all egress ports'],
    category: 'CONFIGURATION',
    cause: 'No security group of the connection lets traffic out.',
    nextStep: 'Open all outbound ports in one of them, or add an outbound rule to the group itself.',
    link: VPC_SETUP,
    network: 'COMING_UP',
  },
  {
    anyOf: ['unable to resolve any valid connection'],
    category: 'CONFIGURATION',
    cause: 'The connection has no usable network: its Availability Zone, subnet or route is missing.',
    nextStep: 'Set AvailabilityZone, SubnetId and SecurityGroupIdList, and check the routes of the subnet.',
    link: RUNBOOK,
    network: 'SUSPECTED',
  },
  {
    anyOf: ['connection_list_connection_with_az_null', 'availabilityzone cannot be null or empty'],
    category: 'CONFIGURATION',
    cause: 'The connection has no Availability Zone.',
    nextStep: "Set AvailabilityZone to that of the connection's subnet; the CDK's glue.Connection does so by itself.",
    link: VPC_SETUP,
    network: 'SUSPECTED',
  },
  {
    anyOf: ['does not correspond to subnet'],
    category: 'CONFIGURATION',
    cause: "The connection's Availability Zone is not that of its subnet.",
    nextStep: "Set AvailabilityZone to the subnet's own.",
    link: VPC_SETUP,
    network: 'SUSPECTED',
  },
  {
    anyOf: ['could not find subnet for az'],
    category: 'CONFIGURATION',
    cause: 'Glue cannot use a subnet in this Availability Zone.',
    nextStep: 'Put the connection into a subnet of another zone.',
    link: TROUBLESHOOTING,
    network: 'SUSPECTED',
  },
  {
    anyOf: ['number of ip addresses on subnet', 'enough free addresses'],
    category: 'RESOURCE_LIMIT',
    cause: 'The subnet of the connection has no free IP addresses.',
    nextStep: 'Use a larger subnet, or run fewer tests and jobs at once.',
    link: VPC_SETUP,
    network: 'SUSPECTED',
  },
  {
    anyOf: ['no private dns for network interface', 'reverse dns resolution'],
    category: 'CONFIGURATION',
    cause: 'DNS hostnames are turned off in the VPC of the connection.',
    nextStep: 'Turn on enableDnsHostnames and enableDnsSupport of the VPC.',
    link: `${GLUE_GUIDE}/set-up-vpc-dns.html`,
    network: 'COMING_UP',
  },
];

/** Problems on the way to the data store. */
export const REACHABILITY: readonly Signature[] = [
  {
    anyOf: [
      'communications link failure',
      /connect(ion)?( attempt)? timed out/,
      'read timed out',
      /timed out .{0,40}while waiting for a server/,
      'connection refused',
      /connection to \S{1,300} refused/,
      /tcp\/ip connection to the host .{1,300} has failed/,
      'ora-12541',
      'ora-12170',
      'unknownhostexception',
      'no route to host',
      'network is unreachable',
      'the connection attempt failed',
      'could not establish the connection',
    ],
    category: 'UNREACHABLE',
    cause: 'Glue cannot reach the data store.',
    nextStep:
      "Check host and port, the store's inbound rules for the connection's security group, and the routes of the " +
      'subnet. The runbook AWSSupport-TroubleshootGlueConnection does it for you.',
    link: RUNBOOK,
    network: 'SUSPECTED',
  },
];
