import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { pathToFileURL } from 'node:url'
import { chromium } from 'playwright-core'
import { ensureBrowser } from '../../../tools/browser.ts'
import { bench } from '../../src/load/index.ts'
import { readReport } from '../../src/load/load-report.ts'
import { html } from '../../src/load/page/markup.ts'

/** Runs the command in a folder. @returns its exit code and what it printed */
async function run(cwd: string, line: string) {
  let out = ''
  let err = ''
  const code = await bench(line.split(' '), {
    cwd,
    out: text => {
      out += text
    },
    err: text => {
      err += text
    },
    isTerminal: false,
  })
  return { code, out, err }
}

test('runs against a server of their own leave reports that browsers show from the disk, alone and compared', async t => {
  const cwd = mkdtempSync(join(tmpdir(), 'warren-bench-'))
  t.after(() => rmSync(cwd, { recursive: true }))
  const common = '--clients 6 --seconds 2.5 --warm-up 0.5 --out .'
  const works = [
    `chat --over ws --rate 600 --room-size 3 --workers 2 --name one ${common}`,
    `chat --over bluebox --rate 300 --name two ${common}`,
  ]
  for (const line of works) {
    const { code, out, err } = await run(cwd, line)
    assert.equal(code, 0, `${line}: ${out}${err}`)
    assert.match(out, /lost +0\n/)
    assert.match(err, /^\[0:\d\d] {3}1 s: \d+ sent/m)
  }
  const report = readReport(readFileSync(join(cwd, 'one.json'), 'utf8'), 'one.json')
  assert.equal(report.main.count.expected, 1800)
  assert.equal(report.main.count.delivered, 1800)
  assert.ok(report.main.seconds.length >= 3)
  const compared = await run(cwd, 'compare one.json two.json --out both.html')
  assert.equal(compared.code, 0)
  assert.match(compared.out, /The runs did different work: way, roomSize, workers differ/)

  const browser = await chromium.launch({ executablePath: ensureBrowser(), args: ['--no-sandbox'] })
  t.after(() => browser.close())
  for (const [file, colorScheme, lines] of [
    ['one.html', 'light', 5],
    ['both.html', 'dark', 5],
  ] as const) {
    const page = await browser.newPage({ colorScheme, viewport: { width: 1000, height: 800 } })
    const faults: string[] = []
    page.on('pageerror', error => faults.push(error.message))
    page.on('request', request => {
      if (!request.url().startsWith('file:')) faults.push(request.url())
    })
    await page.goto(pathToFileURL(join(cwd, file)).href)
    assert.ok((await page.locator('svg').count()) >= lines)
    assert.match((await page.locator('svg path').first().getAttribute('d')) ?? '', /^M[\d.]+ [\d.]+L/)
    assert.equal(await page.getByText('NaN').count(), 0)
    assert.equal(
      await page.evaluate('document.documentElement.scrollWidth <= document.documentElement.clientWidth'),
      true,
    )
    assert.deepEqual(faults, [])
  }
})

test('what was typed stands in a page as text', () => {
  assert.equal(html`<p title="${'"'}">${'<b>&'}</p>`.text, '<p title="&quot;">&lt;b&gt;&amp;</p>')
})

test('a file that is no report is refused in words, and so is a server that is not there', async t => {
  const cwd = mkdtempSync(join(tmpdir(), 'warren-bench-'))
  t.after(() => rmSync(cwd, { recursive: true }))
  assert.throws(() => readReport('{', 'a.json'), /a\.json is no JSON/)
  assert.throws(() => readReport('null', 'a.json'), /is no report/)
  assert.throws(() => readReport('{"format":"warren-bench","version":7}', 'a.json'), /another version/)
  assert.match((await run(cwd, 'compare a.json b.json')).err, /^warren bench: ENOENT/)
  const refused = await run(cwd, 'chat --target 127.0.0.1:1 --clients 2')
  assert.equal(refused.code, 1)
  assert.match(refused.err, /ECONNREFUSED/)
})
