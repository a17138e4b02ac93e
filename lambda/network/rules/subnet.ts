import { GLUE_GUIDE, judged, TEST_FAILED, TROUBLESHOOTING_ERRORS, VPC_SETUP, type Rule } from './rule';

/** A test never needs more free addresses than this. */
const ENOUGH_ADDRESSES = 3;

/** The subnet, and the VPC around it. */
export const SUBNET_RULES: readonly Rule[] = [
  {
    name: 'SUBNET_MISSING',
    link: VPC_SETUP,
    looksAt: 'the subnet',
    about: 'SETUP',
    judge: ({ subnet }) =>
      subnet === undefined
        ? undefined
        : judged(subnet.isMissing ?? false, () => ({
            resource: subnet.id,
            sentence: `Subnet ${subnet.id} does not exist in this account and Region.`,
            nextStep: "Set the connection's SubnetId to a subnet that exists.",
          })),
  },
  {
    name: 'AVAILABILITY_ZONE_MISMATCH',
    link: TROUBLESHOOTING_ERRORS,
    looksAt: 'the Availability Zone',
    about: 'SETUP',
    judge: ({ connection: { availabilityZone: named }, subnet }) => {
      const { id = '', availabilityZone: actual, availabilityZoneId } = subnet ?? {};
      if (named === undefined || actual === undefined) {
        return undefined;
      }
      return judged(named !== actual && named !== availabilityZoneId, () => ({
        resource: id,
        sentence: `The connection names the Availability Zone ${named}, but subnet ${id} is in ${actual}.`,
        nextStep: `Set the connection's AvailabilityZone to ${actual}.`,
      }));
    },
  },
  {
    name: 'SUBNET_FULL',
    link: TEST_FAILED,
    looksAt: 'its free addresses',
    about: 'SETUP',
    judge: ({ subnet }) => {
      const { id = '', freeAddresses: free } = subnet ?? {};
      if (free === undefined) {
        return undefined;
      }
      const count = free === 0 ? 'no free IP address' : `only ${free} free IP ${free === 1 ? 'address' : 'addresses'}`;
      return judged(free < ENOUGH_ADDRESSES, () => ({
        resource: id,
        sentence: `Subnet ${id} has ${count}.`,
        nextStep: 'Use a larger subnet, or run fewer tests and jobs at once.',
      }));
    },
  },
  {
    name: 'VPC_DNS_OFF',
    link: `${GLUE_GUIDE}/set-up-vpc-dns.html`,
    looksAt: 'DNS in the VPC',
    about: 'SETUP',
    judge: ({ vpc, endpoints }) => {
      if (vpc?.hasDnsSupport === undefined) {
        return undefined;
      }
      const { id, hasDnsSupport, hasDnsHostnames } = vpc;
      if (!hasDnsSupport) {
        return {
          resource: id,
          sentence: `DNS support is turned off in ${id}.`,
          nextStep: `Turn on enableDnsSupport and enableDnsHostnames of ${id}.`,
        };
      }
      const withNames = endpoints?.items.find(({ hasPrivateDns }) => hasPrivateDns === true);
      if (hasDnsHostnames === false && withNames !== undefined) {
        return {
          resource: id,
          sentence: `DNS hostnames are turned off in ${id}, and the private DNS names of ${withNames.id} need them.`,
          nextStep: `Turn on enableDnsHostnames of ${id}.`,
        };
      }
      return hasDnsHostnames === undefined ? undefined : 'IN_ORDER';
    },
  },
];
