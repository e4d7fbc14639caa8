import { BlockList, isIPv4, isIPv6 } from 'node:net';

/** IPv4 that is not the open internet: the IANA special-purpose registry (RFC 6890), multicast and what is reserved. */
const CLOSED_V4 = [
  ['0.0.0.0', 8], // this network; 0.0.0.0 reaches the machine itself
  ['10.0.0.0', 8], // private
  ['100.64.0.0', 10], // shared by carriers; one cloud keeps its metadata here
  ['127.0.0.0', 8], // loopback
  ['169.254.0.0', 16], // link-local; most clouds keep their metadata here
  ['172.16.0.0', 12], // private
  ['192.0.0.0', 24], // protocol assignments
  ['192.0.2.0', 24], // documentation
  ['192.31.196.0', 24], // AS112
  ['192.52.193.0', 24], // AMT
  ['192.88.99.0', 24], // 6to4 relays
  ['192.168.0.0', 16], // private
  ['192.175.48.0', 24], // AS112
  ['198.18.0.0', 15], // benchmarks
  ['198.51.100.0', 24], // documentation
  ['203.0.113.0', 24], // documentation
  ['224.0.0.0', 4], // multicast
  ['240.0.0.0', 4], // reserved, and broadcast
  ['168.63.129.16', 32], // looks public, and is one cloud's own control address
] as const;

/**
 * Inside 2000::/3, the only IPv6 that is handed out for the open internet. Loopback, link-local, unique local,
 * multicast, IPv4-mapped and NAT64 addresses all lie outside it.
 */
const CLOSED_V6 = [
  ['2001::', 23], // protocol assignments, Teredo among them: IPv4 in disguise
  ['2001:db8::', 32], // documentation
  ['2002::', 16], // 6to4: IPv4 in disguise
  ['2620:4f:8000::', 48], // AS112
  ['3fff::', 20], // documentation
] as const;

const closedV4 = new BlockList();
for (const [network, prefix] of CLOSED_V4) closedV4.addSubnet(network, prefix, 'ipv4');
const openV6 = new BlockList();
openV6.addSubnet('2000::', 3, 'ipv6');
const closedV6 = new BlockList();
for (const [network, prefix] of CLOSED_V6) closedV6.addSubnet(network, prefix, 'ipv6');

/**
 * Whether an IP address, written as the system writes it and without brackets, lies on the open internet. What is no
 * address at all, or names an interface (`fe80::1%eth0`), does not.
 */
export function isPublicAddress(address: string): boolean {
  if (isIPv4(address)) return !closedV4.check(address, 'ipv4');
  if (!isIPv6(address) || address.includes('%')) return false;
  return openV6.check(address, 'ipv6') && !closedV6.check(address, 'ipv6');
}
