/** Services of AWS itself, in one Region: the word in front is that of the partition. */
const SERVICE_NAME = /^(?:[a-z]+\.)?com\.amazonaws\.([^.]+)\.(.+)$/;

/**
 * The service of an endpoint, such as `s3`, by the name that EC2 has for it.
 *
 * @param region the endpoint's Region, where it is known; in another one, the service is another one
 * @returns the whole name for services of others; undefined where it isn't certain what the endpoint is good for
 */
export function serviceOfEndpoint(serviceName: string | undefined, region?: string): string | undefined {
  const [, itsRegion, service] = SERVICE_NAME.exec(serviceName ?? '') ?? [];
  if (service === undefined || itsRegion === undefined || itsRegion === 'vpce') {
    return serviceName;
  }
  if (service.endsWith('-fips')) {
    return undefined;
  }
  return region === undefined || itsRegion === region ? service : serviceName;
}
