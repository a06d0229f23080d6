import { type Chance, pick } from './chance.ts'

const FIRST = [
  'Acorn',
  'Alder',
  'Barley',
  'Basil',
  'Birch',
  'Bracken',
  'Briar',
  'Bryony',
  'Burdock',
  'Catkin',
  'Cicely',
  'Clover',
  'Comfrey',
  'Daisy',
  'Dill',
  'Fennel',
  'Fern',
  'Flax',
  'Hazel',
  'Heather',
  'Holly',
  'Hop',
  'Juniper',
  'Linden',
  'Mallow',
  'Marjoram',
  'Millet',
  'Mint',
  'Myrtle',
  'Nettle',
  'Oat',
  'Parsley',
  'Pippin',
  'Poppy',
  'Primrose',
  'Quince',
  'Reed',
  'Rowan',
  'Rush',
  'Rye',
  'Sage',
  'Sorrel',
  'Tansy',
  'Teasel',
  'Thistle',
  'Thyme',
  'Vetch',
  'Willow',
  'Yarrow',
] as const

/** A name for a player. */
export function playerName(chance: Chance): string {
  return pick(FIRST, chance)
}

/** A name for a bot. Its number keeps it apart from others of that name. */
export function botName(number: number, chance: Chance): string {
  return `${pick(FIRST, chance)} ${number}`
}
