import assert from 'node:assert/strict'
import { PassThrough } from 'node:stream'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { FormReader } from '../../src/upload/multipart.ts'
import { cut, FORM_TYPE, fieldPart, filePart, formBody, type PartText, ROOMY, readForm } from './forms.ts'

const whole = (body: string) => [Buffer.from(body, 'latin1')]
const refusedOf = async (body: string, options = {}) => (await readForm(whole(body), options)).refused

describe('a form', () => {
  const parts = [
    fieldPart('album', 'holidays'),
    filePart('a.png', 'first\r\n--not the end'),
    filePart('empty.gif', '', 'image/gif'),
    fieldPart('empty', ''),
    filePart('b.png', 'second'.repeat(1000)),
  ]
  const expected = {
    files: [
      { name: 'a.png', type: 'image/png', content: 'first\r\n--not the end' },
      { name: 'empty.gif', type: 'image/gif', content: '' },
      { name: 'b.png', type: 'image/png', content: 'second'.repeat(1000) },
    ],
    fields: [
      ['album', 'holidays'],
      ['empty', ''],
    ],
    refused: undefined,
  }

  for (const size of [1, 2, 3, 7, 64, 1000, 100_000]) {
    test(`is the same in pieces of ${size}`, async () => {
      assert.deepEqual(await readForm(cut(formBody(parts), size)), expected)
    })
  }

  test('may have something before its first part and after its last', async () => {
    const body = `before\r\n${formBody([filePart('a.png', 'x')])}after, and a byte\0`
    for (const pieces of [whole(body), cut(body, 1)]) {
      assert.deepEqual((await readForm(pieces)).files, [{ name: 'a.png', type: 'image/png', content: 'x' }])
    }
  })

  test('may have a quoted boundary, and headers in any case', async () => {
    const head = 'CONTENT-DISPOSITION: FORM-DATA; name="f"; filename="a.png"\r\ncontent-type: image/png'
    const form = await readForm(whole(formBody([{ head, content: 'x' }])), {
      type: 'Multipart/Form-Data; charset=utf-8; boundary="cut-here"',
    })
    assert.deepEqual(form.files, [{ name: 'a.png', type: 'image/png', content: 'x' }])
  })

  test('names files in UTF-8', async () => {
    const name = Buffer.from('Mär☃.png').toString('latin1')
    assert.equal((await readForm(whole(formBody([filePart(name, 'x')])))).files[0]?.name, 'Mär☃.png')
  })

  test('without any part is whole, and has nothing', async () => {
    assert.deepEqual(await readForm(whole(formBody([]))), { files: [], fields: [], refused: undefined })
  })
})

describe('a form is refused', () => {
  const twice = formBody([filePart('a.png', 'x'), filePart('b.png', 'y')])

  test('that is of another content type, or has no boundary', async () => {
    const body = formBody([filePart('a.png', 'x')])
    for (const type of [
      'application/json',
      'application/x-www-form-urlencoded',
      'multipart/mixed; boundary=a',
    ]) {
      assert.equal(await refusedOf(body, { type }), 'upload-not-multipart', type)
    }
    assert.equal(await refusedOf(body, { type: 'multipart/form-data' }), 'upload-not-multipart')
    assert.equal(await refusedOf(body, { type: 'multipart/form-data; x=y' }), 'upload-malformed')
  })

  test('that ends early, wherever', async () => {
    const end = twice.lastIndexOf('--')
    for (let length = 0; length <= end; length++) {
      assert.equal(await refusedOf(twice.slice(0, length)), 'upload-malformed', `after ${length} bytes`)
    }
  })

  test('with one file too many', async () => {
    const limits = { ...ROOMY, maxFiles: 2 }
    assert.equal(await refusedOf(twice, { limits }), undefined)
    assert.equal(await refusedOf(twice, { limits: { ...limits, maxFiles: 1 } }), 'upload-too-many-files')
  })

  test('with a file of one byte too much', async () => {
    const body = formBody([filePart('a.png', 'x'.repeat(1000))])
    assert.equal(await refusedOf(body, { limits: { ...ROOMY, maxFileBytes: 1000 } }), undefined)
    assert.equal(await refusedOf(body, { limits: { ...ROOMY, maxFileBytes: 999 } }), 'upload-file-too-large')
  })

  test('that is longer than allowed as a whole, by one byte', async () => {
    const maxTotalBytes = twice.length
    assert.equal(await refusedOf(twice, { limits: { ...ROOMY, maxTotalBytes } }), undefined)
    const limits = { ...ROOMY, maxTotalBytes: maxTotalBytes - 1 }
    assert.equal(await refusedOf(twice, { limits }), 'upload-too-large')
  })

  test('with too many fields, too long ones, or too long names', async () => {
    const many = (count: number) => formBody(Array.from({ length: count }, (_, i) => fieldPart(`f${i}`, 'x')))
    assert.equal(await refusedOf(many(32)), undefined)
    assert.equal(await refusedOf(many(33)), 'upload-too-many-fields')
    assert.equal(await refusedOf(formBody([fieldPart('f', 'x'.repeat(4096))])), undefined)
    assert.equal(await refusedOf(formBody([fieldPart('f', 'x'.repeat(4097))])), 'upload-too-many-fields')
    assert.equal(await refusedOf(formBody([fieldPart('f'.repeat(101), 'x')])), 'upload-too-many-fields')
  })

  test('with a field that has no name', async () => {
    const body = formBody([{ head: 'Content-Disposition: form-data', content: 'x' }])
    assert.equal(await refusedOf(body), 'upload-malformed')
  })
})

test('what a taker throws ends the form, and the rest of the body is not read', async () => {
  const request = new PassThrough()
  const reader = new FormReader(request, FORM_TYPE, ROOMY, {
    file: () => Promise.reject(new Error('the disk is full')),
    field: () => undefined,
  })
  request.write(formBody([filePart('a.png', 'x')]).slice(0, -10))
  await assert.rejects(reader.read(), /the disk is full/)
  assert.equal(request.listenerCount('data'), 0)
})

test('a taker that is slow holds the body back', async () => {
  const request = new PassThrough({ highWaterMark: 1000 })
  const resume = Promise.withResolvers<void>()
  const contents: string[] = []
  const reader = new FormReader(
    request,
    FORM_TYPE,
    { ...ROOMY, maxFileBytes: 1e9, maxTotalBytes: 1e9 },
    {
      file: async ({ content }) => {
        await resume.promise
        for await (const chunk of content) contents.push(String(chunk))
      },
      field: () => undefined,
    },
  )
  const done = reader.read()
  request.write(formBody([filePart('a.png', '')], ''))
  let written = 0
  const chunk = 'x'.repeat(16_384)
  for (let i = 0; i < 100; i++) {
    if (request.writableNeedDrain) break
    request.write(chunk)
    written += chunk.length
    await new Promise(resolve => setImmediate(resolve))
  }
  assert.ok(written < 300_000, `${written} bytes were read ahead`)
  resume.resolve()
  request.end('\r\n--cut-here--\r\n')
  await done
  assert.ok(contents.join('').length >= written)
})

test('no body, however broken, does more than end the form', async () => {
  const head = fc.oneof(
    fc.constantFrom(
      'Content-Disposition: form-data; name="a"; filename="a.png"',
      'Content-Disposition: form-data; name="a"',
      'Content-Disposition: attachment; filename=a',
      "Content-Disposition: form-data;;; =; name*=UTF-8''%ff; filename*=x''%zz",
      'Content-Disposition: form-data; name="\\',
      'Content-Type: multipart/mixed; boundary=cut-here',
      'Content-Type: ;;;;charset',
      'Content-Type: a; charset*=; ;b',
      'Content-Type: text/plain; charset=nonsense',
      'Content-Transfer-Encoding: base64',
      ' folded',
      ':',
      '',
    ),
    fc.string({ unit: 'binary', maxLength: 40 }),
  )
  const piece = fc.oneof(
    fc.constantFrom(
      '--cut-here',
      '\r\n--cut-here',
      '\r\n--cut-here\r\n',
      '\r\n--cut-here--',
      '\r\n',
      '\r\n\r\n',
      '--',
      '\n',
      '\0',
    ),
    fc.array(head, { maxLength: 4 }).map(lines => `--cut-here\r\n${lines.join('\r\n')}\r\n\r\n`),
    fc.string({ unit: 'binary', maxLength: 60 }),
  )
  await fc.assert(
    fc.asyncProperty(
      fc.array(piece, { maxLength: 12 }),
      fc.integer({ min: 1, max: 50 }),
      async (pieces, size) => {
        const form = await readForm(cut(pieces.join(''), size))
        assert.ok(form.files.length <= ROOMY.maxFiles)
      },
    ),
    { numRuns: 2000 },
  )
})

test('no content type does more than end the form', async () => {
  const text = fc.string({ unit: 'binary', maxLength: 60 })
  const parameter = fc.constantFrom(
    ';',
    '=',
    '"',
    '\\',
    '*',
    "'",
    'boundary',
    'boundary=',
    'boundary="',
    'boundary*=',
    "boundary*=a''b",
    'charset=x',
    ' ',
  )
  await fc.assert(
    fc.asyncProperty(fc.array(fc.oneof(parameter, text), { maxLength: 8 }), async rest => {
      await readForm(whole(formBody([filePart('a.png', 'x')] satisfies PartText[])), {
        type: `multipart/form-data;${rest.join('')}`,
      })
    }),
    { numRuns: 500 },
  )
})
