import { PORTER_LOOK } from '../../contract.ts'
import type { Actor } from '../actor.ts'
import { PALETTE, SANS } from './palette.ts'

type Brush = CanvasRenderingContext2D

/** Height of a rabbit with his ears. */
const HEAD = 62
const BUBBLE_WIDTH = 190
const LINE = 17

/** The name of somebody, above his head. */
export function paintName(brush: Brush, { name, x, y, look, isPerson, speech }: Actor, isMe: boolean): void {
  // Porters have their load there.
  if (speech !== undefined || look === PORTER_LOOK) return
  brush.font = `${isPerson ? 650 : 500} ${isPerson ? 13.5 : 11.5}px ${SANS}`
  brush.textAlign = 'center'
  if (!isPerson) {
    brush.lineWidth = 3
    brush.lineJoin = 'round'
    brush.strokeStyle = 'rgb(255 253 245 / 75%)'
    brush.strokeText(name, x, y - HEAD)
    brush.fillStyle = PALETTE.ink
    brush.fillText(name, x, y - HEAD)
    return
  }
  const width = brush.measureText(name).width + 16
  pill(brush, x - width / 2, y - HEAD - 15, width, 20, 10)
  brush.fillStyle = isMe ? '#2c6a4d' : PALETTE.paper
  brush.fill()
  brush.strokeStyle = isMe ? PALETTE.paper : PALETTE.ink
  brush.lineWidth = 1.2
  brush.stroke()
  brush.fillStyle = isMe ? '#ffffff' : '#24221d'
  brush.fillText(name, x, y - HEAD)
}

/** What somebody says, in a bubble. */
export function paintSpeech(brush: Brush, { x, y, speech }: Actor): void {
  if (speech === undefined) return
  brush.font = `500 13.5px ${SANS}`
  const lines = wrapped(brush, speech.text)
  const width = Math.max(...lines.map(line => brush.measureText(line).width)) + 22
  const height = lines.length * LINE + 13
  const top = y - HEAD - height - 6
  pill(brush, x - width / 2, top, width, height, 11)
  brush.fillStyle = PALETTE.paper
  brush.fill()
  brush.strokeStyle = PALETTE.ink
  brush.lineWidth = 1.3
  brush.stroke()
  brush.beginPath()
  brush.moveTo(x - 6, top + height - 0.7)
  brush.lineTo(x, top + height + 8)
  brush.lineTo(x + 6, top + height - 0.7)
  brush.fill()
  brush.stroke()
  brush.fillStyle = '#24221d'
  brush.textAlign = 'center'
  for (const [index, line] of lines.entries()) brush.fillText(line, x, top + 19 + index * LINE)
}

/** A text in lines that fit into a bubble; what is longer than three is cut. */
function wrapped(brush: Brush, text: string): string[] {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`
    if (line !== '' && brush.measureText(longer).width > BUBBLE_WIDTH) {
      lines.push(line)
      line = word
    } else line = longer
  }
  lines.push(line)
  return lines.length <= 3 ? lines : [...lines.slice(0, 2), `${lines[2]} …`]
}

function pill(brush: Brush, x: number, y: number, width: number, height: number, radius: number): void {
  brush.beginPath()
  brush.roundRect(x, y, width, height, radius)
}
