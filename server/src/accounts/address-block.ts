/** Groups of an IPv6 address that a provider gives to one customer. */
const GROUPS_OF_CUSTOMER = 4

/**
 * What counts as one address: an IPv4 address itself; of an IPv6 address the first 64 bits, since one customer has all
 * that begin with them.
 */
export function addressBlock(address: string): string {
  if (!address.includes(':')) return address
  const [head = '', tail] = address.split('::')
  const left = head === '' ? [] : head.split(':')
  const right = tail === undefined || tail === '' ? [] : tail.split(':')
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - left.length - right.length)
  const groups = [...left, ...Array<string>(zeros).fill('0'), ...right]
  return `${groups.slice(0, GROUPS_OF_CUSTOMER).join(':')}::/64`
}
