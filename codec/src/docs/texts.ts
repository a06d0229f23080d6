import type { BuddyRow, BuddyVariableRow } from '../messages/buddy-rows.ts'
import type { ItemRow, ItemVariableRow } from '../messages/item-rows.ts'
import type { MatchRow } from '../messages/match-rows.ts'
import type { RequestFields, RequestName } from '../messages/requests.ts'
import type { RoomRow, RoomVariableRow, UserRow, UserVariableRow } from '../messages/rows.ts'
import type { ServerFields, ServerMessageName } from '../messages/server-messages.ts'

/** What a key means; of a nested object, what its keys mean as well. */
export type Text = string | readonly [text: string, keys: Texts]

/** Texts of keys by their TypeScript name. */
export interface Texts {
  readonly [name: string]: Text
}

/** What a message does, and what each of its keys means. */
export type MessageText<F> = readonly [text: string, keys: { readonly [K in keyof F]-?: Text }]

/** A text for each request. */
export type RequestTexts = { readonly [N in RequestName]: MessageText<RequestFields<N>> }

/** A text for each response and event. */
export type ServerTexts = { readonly [N in ServerMessageName]: MessageText<ServerFields<N>> }

type PlacesOf<R, Group extends PropertyKey = never> = { readonly [K in Exclude<keyof R, Group>]-?: string }

/** A text for each place of each row, by the name of the row. */
export interface RowTexts {
  readonly 'room variable': PlacesOf<RoomVariableRow>
  readonly 'user variable': PlacesOf<UserVariableRow>
  readonly 'buddy variable': PlacesOf<BuddyVariableRow>
  readonly 'item variable': PlacesOf<ItemVariableRow>
  readonly room: PlacesOf<RoomRow, 'mmo'> & PlacesOf<NonNullable<RoomRow['mmo']>>
  readonly user: PlacesOf<UserRow>
  readonly buddy: PlacesOf<BuddyRow>
  readonly item: PlacesOf<ItemRow>
  readonly 'match condition': PlacesOf<MatchRow>
}
