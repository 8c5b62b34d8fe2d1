import { BlockList, isIP } from 'node:net';

/** The parser of addresses knows every way to write one: as one number, in hexadecimal, in IPv6. */
export function whyPrivate(url: string): string | null {
  const hostname = URL.canParse(url) ? new URL(url).hostname : '';
  const host = hostname.replace(/^\[|\]$/g, '');
  return isIP(host) && isPrivate(host) ? isOfPrivateNetwork(hostname, host) : null;
}

export const isOfPrivateNetwork = (hostname: string, address: string): string =>
  `${hostname} is an address of a private network (${address}), and config.yml says network.private_addresses: false.`;

export function isPrivate(address: string): boolean {
  if (isIP(address) === 4) return privateAddresses.check(address, 'ipv4');
  return privateAddresses.check(address, 'ipv6') || privateAddresses.check(embedded(address), 'ipv4');
}

/** The IPv4 address that one of NAT64 or 6to4 leads to; of others, one that is nobody's private one. */
function embedded(address: string): string {
  const groups = groupsOf(address);
  const [first, second, third] = groups;
  const pair = first === 0x64 && second === 0xff9b ? groups.slice(6) : first === 0x2002 ? [second ?? 0, third ?? 0] : null;
  return pair === null ? '1.1.1.1' : pair.flatMap((group) => [group >> 8, group & 0xff]).join('.');
}

function groupsOf(address: string): number[] {
  const toGroups = (text: string): number[] => (text === '' ? [] : text.split(':').map((group) => Number.parseInt(group, 16)));
  const [head = '', tail] = new URL(`http://[${address.replace(/%.*$/, '')}]`).hostname.slice(1, -1).split('::');
  const [before, after] = [toGroups(head), toGroups(tail ?? '')];
  return [...before, ...Array.from({ length: 8 - before.length - after.length }, () => 0), ...after];
}

/** This machine itself is not among them. */
const privateAddresses = new BlockList();
for (const [net, prefix] of [
  ['10.0.0.0', 8],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
  ['169.254.0.0', 16],
  ['100.64.0.0', 10],
  ['0.0.0.0', 8],
] as const) {
  privateAddresses.addSubnet(net, prefix, 'ipv4');
}
for (const [net, prefix] of [
  ['fc00::', 7],
  ['fe80::', 10],
] as const)
  privateAddresses.addSubnet(net, prefix, 'ipv6');
