import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { compileScript } from '../flash/compile-script.ts'
import { openStage } from '../flash/stage.ts'
import { writeSwf } from '../flash/swf.ts'

const SOURCE = new URL('flash/language.as', import.meta.url)

for (const version of [6, 7, 8]) {
  test(`compiled scripts do in a player of version ${version} what the language says`, async () => {
    const text = readFileSync(SOURCE, 'utf8')
    const script = compileScript([{ name: 'language.as', text }])
    const movie = { version, width: 100, height: 100, framesPerSecond: 24, background: [0, 0, 0] } as const
    await using stage = await openStage()
    await stage.play(writeSwf({ ...movie, frames: [{ script }] }))
    await stage.heard('done')
    const checks = text.match(/^check\(/gm)?.length
    assert.equal(stage.lines.filter(line => line.startsWith('ok ')).length, checks, stage.lines.join('\n'))
  })
}
