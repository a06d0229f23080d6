/** Writes the API reference of the client, out of its docstrings, to `docs/reference/client`. */
import { relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gapsOf, readReference } from './build/reference.ts'

const FOLDER = fileURLToPath(new URL('../docs/reference/client', import.meta.url))

const { app, project } = await readReference()
const gaps = gapsOf(project)
if (gaps.length > 0) {
  console.error(gaps.join('\n'))
  process.exitCode = 1
} else {
  await app.generateDocs(project, FOLDER)
  console.log(`Open ${relative(process.cwd(), FOLDER)}/index.html`)
}
