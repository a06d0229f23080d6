/** The values of `BanMode`, as constants, which become plain numbers where a page is built. */

export const BY_ADDRESS = 0
export const BY_NAME = 1
