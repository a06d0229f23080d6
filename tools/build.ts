/**
 * Builds codec and client for publishing into `dist/`, and says what a page loads for the client. Fails when that is
 * more than it may be.
 */
import { relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { browserBundle, MAX_BROWSER_BYTES, type Part } from './build/bundle-size.ts'
import { buildPackages, packPackages } from './build/packages.ts'

const DIST = fileURLToPath(new URL('../dist', import.meta.url))

await buildPackages(DIST)
console.log(`\nTo be installed together:`)
for (const file of packPackages(DIST)) console.log(`  ${relative(process.cwd(), file)}`)

const { main, later } = await browserBundle(DIST)
console.log(`\nIn a page, minified, after gzip:`)
for (const part of [main, ...later]) console.log(line(part, part === main))
if (main.bytes > MAX_BROWSER_BYTES) {
  console.error(
    `\nA page may load ${kilobytes(MAX_BROWSER_BYTES)} for SmartFox, not ${kilobytes(main.bytes)}.`,
  )
  process.exitCode = 1
}

function line({ name, bytes }: Part, isMain: boolean): string {
  const note = isMain ? `at most ${kilobytes(MAX_BROWSER_BYTES)}` : 'only when needed'
  return `  ${name.padEnd(24)}${kilobytes(bytes).padStart(8)}  ${note}`
}

function kilobytes(bytes: number): string {
  return `${(bytes / 1000).toFixed(1)} KB`
}
