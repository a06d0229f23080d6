/** The ids of `Controller` for use inside of the codec, as constants, which become plain numbers where a page is built. */

export const SYSTEM = 0
export const EXTENSION = 1
