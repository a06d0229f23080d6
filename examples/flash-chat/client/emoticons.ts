const SVG = 'http://www.w3.org/2000/svg'

/** What each face has besides its round: paths, the eyes among them. */
const FACES = {
  smile: 'M5 6h1M10 6h1M4 9.5q4 5 8 0',
  grin: 'M5 6h1M10 6h1M4 9q4 7 8 0z',
  wink: 'M5 6h1M9.5 6h2.5M4 9.5q4 5 8 0',
  sad: 'M5 6h1M10 6h1M4.5 12q3.5-4 7 0',
  surprised: 'M5 6h1M10 6h1M8 9.5a1.5 1.5 0 1 0 .1 0z',
  tongue: 'M5 6h1M10 6h1M4 9.5h8M8 9.5q.5 5.500 2 4t1-4',
} as const

type Face = keyof typeof FACES

const SIGNS: { readonly [F in Face]: readonly [string, ...string[]] } = {
  smile: [':)', ':-)', '=)'],
  grin: [':D', ':-D', '=D'],
  wink: [';)', ';-)'],
  sad: [':(', ':-(', '=('],
  surprised: [':o', ':O', ':-o', ':-O'],
  tongue: [':p', ':P', ':-p', ':-P'],
}

const BY_SIGN: ReadonlyMap<string, Face> = new Map(
  (Object.keys(FACES) as Face[]).flatMap(face => SIGNS[face].map(sign => [sign, face] as const)),
)

/** One sign for each face. */
export const FIRST_SIGNS: readonly string[] = Object.values(SIGNS).map(([first]) => first)

/** A text with faces in place of signs. A sign counts when it stands alone between spaces, as in the movie. */
export function withFaces(text: string): (Node | string)[] {
  return text.split(/( +)/).map(word => {
    const face = BY_SIGN.get(word)
    return face === undefined ? word : drawn(face, word)
  })
}

/** The face of a sign that has one. */
export function faceOf(sign: string): Node {
  return drawn(BY_SIGN.get(sign) ?? 'smile', sign)
}

function drawn(face: Face, sign: string): SVGElement {
  const svg = part('svg', { class: 'face', viewBox: '0 0 16 16', role: 'img', 'aria-label': sign })
  svg.append(
    part('circle', { cx: '8', cy: '8', r: '7.5', fill: '#ffd545', stroke: '#b98a1d' }),
    part('path', {
      d: FACES[face],
      fill: 'none',
      stroke: '#4a3405',
      'stroke-width': '1.4',
      'stroke-linecap': 'round',
    }),
  )
  return svg
}

function part(name: string, attributes: Readonly<Record<string, string>>): SVGElement {
  const made = document.createElementNS(SVG, name) as SVGElement
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value)
  return made
}
