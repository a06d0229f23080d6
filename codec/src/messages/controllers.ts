/** Ids of the two controllers. */

export const SYSTEM = 0
export const EXTENSION = 1
