import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isPublicAddress } from './public-address.js';

/** The first and the last address of each closed network, and its neighbours outside where these are open. */
const EDGES_V4 = [
  { closed: ['0.0.0.0', '0.255.255.255'], open: ['1.0.0.0'] },
  { closed: ['10.0.0.0', '10.255.255.255'], open: ['9.255.255.255', '11.0.0.0'] },
  { closed: ['100.64.0.0', '100.127.255.255'], open: ['100.63.255.255', '100.128.0.0'] },
  { closed: ['127.0.0.0', '127.255.255.255'], open: ['126.255.255.255', '128.0.0.0'] },
  { closed: ['169.254.0.0', '169.254.255.255'], open: ['169.253.255.255', '169.255.0.0'] },
  { closed: ['172.16.0.0', '172.31.255.255'], open: ['172.15.255.255', '172.32.0.0'] },
  { closed: ['192.0.0.0', '192.0.0.255'], open: ['191.255.255.255', '192.0.1.0'] },
  { closed: ['192.0.2.0', '192.0.2.255'], open: ['192.0.3.0'] },
  { closed: ['192.31.196.0', '192.31.196.255'], open: ['192.31.195.255', '192.31.197.0'] },
  { closed: ['192.52.193.0', '192.52.193.255'], open: ['192.52.192.255', '192.52.194.0'] },
  { closed: ['192.88.99.0', '192.88.99.255'], open: ['192.88.98.255', '192.88.100.0'] },
  { closed: ['192.168.0.0', '192.168.255.255'], open: ['192.167.255.255', '192.169.0.0'] },
  { closed: ['192.175.48.0', '192.175.48.255'], open: ['192.175.47.255', '192.175.49.0'] },
  { closed: ['198.18.0.0', '198.19.255.255'], open: ['198.17.255.255', '198.20.0.0'] },
  { closed: ['198.51.100.0', '198.51.100.255'], open: ['198.51.99.255', '198.51.101.0'] },
  { closed: ['203.0.113.0', '203.0.113.255'], open: ['203.0.112.255', '203.0.114.0'] },
  { closed: ['224.0.0.0', '239.255.255.255'], open: ['223.255.255.255'] },
  { closed: ['240.0.0.0', '255.255.255.255'], open: [] },
  { closed: ['168.63.129.16'], open: ['168.63.129.15', '168.63.129.17'] },
];

describe('IPv4', () => {
  it.each(EDGES_V4)('$closed.0', ({ closed, open }) => {
    expect(closed.filter(isPublicAddress)).toEqual([]);
    expect(open.filter(isPublicAddress)).toEqual(open);
  });

  it.each(['93.184.216.34', '8.8.8.8', '114.114.114.114', '223.5.5.5'])('%s is public', (address) => {
    expect(isPublicAddress(address)).toBe(true);
  });
});

describe('IPv6', () => {
  it.each([
    ['unspecified', '::'],
    ['loopback', '::1'],
    ['IPv4-mapped, loopback', '::ffff:127.0.0.1'],
    ['IPv4-mapped, in hex', '::ffff:7f00:1'],
    ['IPv4-mapped, public', '::ffff:8.8.8.8'],
    ['IPv4-compatible', '::127.0.0.1'],
    ['IPv4-translated', '::ffff:0:127.0.0.1'],
    ['NAT64', '64:ff9b::a00:1'],
    ['NAT64, local use', '64:ff9b:1::a00:1'],
    ['discard', '100::1'],
    ['below the open range', '1fff:ffff:ffff:ffff:ffff:ffff:ffff:ffff'],
    ['Teredo', '2001::1'],
    ['protocol assignments, the last', '2001:1ff:ffff:ffff:ffff:ffff:ffff:ffff'],
    ['documentation', '2001:db8::1'],
    ['6to4, loopback', '2002:7f00:1::'],
    ['6to4, public', '2002:808:808::1'],
    ['AS112', '2620:4f:8000::1'],
    ['documentation, the newer', '3fff:fff::1'],
    ['above the open range', '4000::'],
    ['segment routing', '5f00::1'],
    ['unique local', 'fc00::1'],
    ['unique local', 'fdff:ffff:ffff:ffff:ffff:ffff:ffff:ffff'],
    ['link-local', 'fe80::1'],
    ['link-local, with its interface', 'fe80::1%eth0'],
    ['a public one with an interface', '2400:3200::1%eth0'],
    ['site-local', 'fec0::1'],
    ['multicast', 'ff02::1'],
  ])('%s: %s is not public', (_, address) => {
    expect(isPublicAddress(address)).toBe(false);
  });

  it.each(['2400:3200::1', '2001:4860:4860::8888', '2001:200::1', '2606:4700::1111', '240e::1'])(
    '%s is public',
    (address) => {
      expect(isPublicAddress(address)).toBe(true);
    },
  );

  it('never is when it carries an IPv4 address, whichever', () => {
    const byte = fc.integer({ min: 0, max: 255 });
    const wrapped = fc
      .tuple(byte, byte, byte, byte, fc.constantFrom('::ffff:', '::', '64:ff9b::', '::ffff:0:'))
      .map(([a, b, c, d, prefix]) => `${prefix}${a}.${b}.${c}.${d}`);
    fc.assert(fc.property(wrapped, (address) => !isPublicAddress(address)));
  });
});

describe('what is no address', () => {
  it.each([
    '',
    'localhost',
    '[::1]',
    '8.8.8',
    '8.8.8.8.',
    '08.8.8.8',
    '0x8.8.8.8',
    '134744072',
    '8.8.8.8:53',
  ])('%j is not public', (text) => {
    expect(isPublicAddress(text)).toBe(false);
  });
});
