/** Who a session speaks for, once it is logged in. */
export interface Identity {
  readonly id: number
  readonly name: string
  readonly zoneName: string
}
