import { spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))

/**
 * Writes the declarations of packages, one file for each source, to `<out>/<package>/types`.
 * @throws Error with what the compiler says
 */
export function writeDeclarations(packages: readonly string[], out: string): void {
  // Below the root, so that the compiler finds the packages that the sources import.
  const folder = mkdtempSync(join(ROOT, 'node_modules/.declarations-'))
  try {
    const config = {
      extends: join(ROOT, 'tsconfig.base.json'),
      compilerOptions: {
        lib: ['es2024', 'dom', 'dom.iterable'],
        types: ['node'],
        noEmit: false,
        declaration: true,
        emitDeclarationOnly: true,
        stripInternal: true,
        rewriteRelativeImportExtensions: true,
        rootDir: ROOT,
        outDir: join(folder, 'out'),
      },
      include: packages.map(name => join(ROOT, name, 'src/**/*.ts')),
      exclude: [],
    }
    const project = join(folder, 'tsconfig.json')
    writeFileSync(project, JSON.stringify(config))
    const tsc = join(ROOT, 'node_modules/typescript/bin/tsc')
    const { status, stdout } = spawnSync(process.execPath, [tsc, '-p', project], {
      cwd: ROOT,
      encoding: 'utf8',
    })
    if (status !== 0) throw new Error(`No declarations could be made:\n${stdout}`)
    for (const name of packages) {
      cpSync(join(folder, 'out', name, 'src'), join(out, name, 'types'), { recursive: true })
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
