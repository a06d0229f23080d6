/** What a ban is for. */
export const BanMode = { BY_ADDRESS: 0, BY_NAME: 1 } as const
