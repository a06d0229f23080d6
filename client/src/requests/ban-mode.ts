/** What a ban is for. */

export const BY_ADDRESS = 0
export const BY_NAME = 1
