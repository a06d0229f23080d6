import { BlockList, isIP } from 'node:net'

/** Addresses (`10.1.2.3`, `2001:db8::1`) and ranges (`10.0.0.0/8`) that are treated in a way of their own. */
export interface AddressRules {
  /** Refused. */
  readonly deny: readonly string[]
  /** Never refused for their address, nor for how many lines it has. */
  readonly allow: readonly string[]
}

/** What the rules say of an address. */
export type AddressStanding = 'allowed' | 'denied' | 'ordinary'

/** Looks addresses up in the rules. */
export class AddressBook {
  readonly #deny: BlockList
  readonly #allow: BlockList

  /** @throws an error of Node for a rule that is no address */
  constructor({ deny, allow }: AddressRules) {
    this.#deny = listOf(deny)
    this.#allow = listOf(allow)
  }

  /** An address in plain form; allowing wins over denying. */
  standing(address: string): AddressStanding {
    const family = familyOf(address)
    if (this.#allow.check(address, family)) return 'allowed'
    return this.#deny.check(address, family) ? 'denied' : 'ordinary'
  }
}

function listOf(entries: readonly string[]): BlockList {
  const list = new BlockList()
  for (const entry of entries) {
    const [address = '', bits] = entry.split('/')
    if (bits === undefined) list.addAddress(address, familyOf(address))
    else list.addSubnet(address, Number(bits), familyOf(address))
  }
  return list
}

function familyOf(address: string): 'ipv4' | 'ipv6' {
  return isIP(address) === 6 ? 'ipv6' : 'ipv4'
}
