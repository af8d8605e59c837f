// addresses as Go's net/netip reads them

const OCTET = '(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)';
const IPV4 = new RegExp(`^${OCTET}(?:\\.${OCTET}){3}$`);
const GROUP = /^[0-9a-fA-F]{1,4}$/;

/** An IPv4 or IPv6 address; an IPv6 address may carry a zone of any characters. */
export function isAddress(text: string): boolean {
  return IPV4.test(text) || isIpv6(text);
}

function isIpv6(text: string): boolean {
  // without this, a megabyte of anything would be split
  if (!/^[^.%]{0,4}:/.test(text)) {
    return false;
  }
  const percent = text.indexOf('%');
  return percent < 0 ? isPlainIpv6(text) : percent < text.length - 1 && isPlainIpv6(text.slice(0, percent));
}

function isPlainIpv6(text: string): boolean {
  if (text.length > 45) {
    return false;
  }
  const halves = text.split('::');
  if (halves.length > 2) {
    return false;
  }
  const before = countGroups(halves[0], halves.length === 1);
  if (halves.length === 1) {
    return before === 8;
  }
  const after = countGroups(halves[1], true);
  // the :: stands for at least one group
  return before !== undefined && after !== undefined && before + after <= 7;
}

/** How many groups of 16 bits a part of an address holds; an IPv4 address at its end counts two. */
function countGroups(text: string, atEnd: boolean): number | undefined {
  if (text === '') {
    return 0;
  }
  const groups = text.split(':');
  const last = groups[groups.length - 1];
  const hasIpv4 = atEnd && last.includes('.');
  if (hasIpv4) {
    groups.pop();
  }
  return groups.every(group => GROUP.test(group)) && (!hasIpv4 || IPV4.test(last)) ? groups.length + (hasIpv4 ? 2 : 0) : undefined;
}

/** An address, or a range of addresses in CIDR notation. */
export function isAddressOrRange(text: string): boolean {
  const slash = text.indexOf('/');
  if (slash < 0 || text.includes('/', slash + 1)) {
    return isAddress(text);
  }
  const address = text.slice(0, slash);
  const bits = text.slice(slash + 1);
  return /^(?:0|[1-9]\d{0,2})$/.test(bits) && (IPV4.test(address) ? Number(bits) <= 32 : Number(bits) <= 128 && !address.includes('%') && isIpv6(address));
}

export const UNIX_PREFIX = 'unix://';

/** The path of a Unix domain socket, after `unix://`: absolute and of a file, or abstract with an `@`. */
export function isSocketPath(path: string): boolean {
  return path.startsWith('@') || (path.startsWith('/') && !path.endsWith('/'));
}
