/** Writes into docs/guide/connection.md what client and server really say when something goes wrong. */
import { readFileSync, writeFileSync } from 'node:fs'
import { GUIDE, play, withOutcomes } from './connection-guide/guide.ts'

writeFileSync(GUIDE, withOutcomes(readFileSync(GUIDE, 'utf8'), await play()))
