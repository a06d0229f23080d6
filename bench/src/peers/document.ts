/**
 * Replaces what stands between `<!-- name:start -->` and `<!-- name:end -->` in a document.
 * @throws Error when the document has no such section
 */
export function withSection(document: string, name: string, text: string): string {
  const start = `<!-- ${name}:start -->`
  const end = `<!-- ${name}:end -->`
  const from = document.indexOf(start)
  const to = document.indexOf(end)
  if (from < 0 || to < from) throw new Error(`the document has no section "${name}"`)
  return `${document.slice(0, from + start.length)}\n\n${text.trim()}\n\n${document.slice(to)}`
}
