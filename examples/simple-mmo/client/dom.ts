/** An element of the page that must be there and of a class. */
export function byId<T extends HTMLElement>(id: string, kind: new () => T): T {
  const found = document.getElementById(id)
  if (!(found instanceof kind)) throw new Error(`The page has no ${kind.name} #${id}`)
  return found
}

/** Sets the text of an element, if it differs. */
export function write(id: string, text: string): void {
  const place = byId(id, HTMLElement)
  if (place.textContent !== text) place.textContent = text
}

/** A canvas and what to paint on it with. @throws Error where there is no 2D drawing */
export function canvasOf(
  width: number,
  height: number,
): { canvas: HTMLCanvasElement; brush: CanvasRenderingContext2D } {
  const canvas = document.createElement('canvas')
  canvas.width = Math.max(1, Math.ceil(width))
  canvas.height = Math.max(1, Math.ceil(height))
  return { canvas, brush: brushOf(canvas) }
}

/** What to paint on a canvas with. @throws Error where there is no 2D drawing */
export function brushOf(canvas: HTMLCanvasElement): CanvasRenderingContext2D {
  const brush = canvas.getContext('2d')
  if (brush === null) throw new Error('This browser cannot draw')
  return brush
}
