/** Writes into docs/guide/mmo.md how many bytes the ways to tell of positions take. */
import { readFileSync, writeFileSync } from 'node:fs'
import { GUIDE, measureWays, tables, withTables } from './mmo-guide/guide.ts'

writeFileSync(GUIDE, withTables(readFileSync(GUIDE, 'utf8'), await tables(await measureWays())))
