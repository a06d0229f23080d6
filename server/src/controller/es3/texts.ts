import { SFSObject, SFSType, type SFSValue } from '@warren/codec'
import { checkChanges } from '../../domain/variable.ts'
import { RequestError } from '../../errors.ts'

/** What a STRING of SFS2X holds at most, in bytes of UTF-8: whatever is said is told to clients of both kinds. */
const MAX_TEXT_BYTES = 32_767

/** A text as it is. @throws RequestError text-too-long */
export function checkedText(text: string): string {
  // Three bytes for a unit is the most.
  if (text.length * 3 > MAX_TEXT_BYTES && utf8Length(text) > MAX_TEXT_BYTES) {
    throw new RequestError('text-too-long')
  }
  return text
}

/** The value of a variable: a string, whatever is in it. @throws RequestError text-too-long */
export function textValue(text: string): SFSValue {
  return { type: SFSType.UTF_STRING, value: checkedText(text) }
}

/** New variables as changes. @throws RequestError variables-invalid, text-too-long */
export function changesOf(variables: readonly { readonly name: string; readonly data: string }[]) {
  const changes = variables.map(({ name, data }) => ({ name, value: textValue(data), isPrivate: false }))
  if (changes.length > 0) checkChanges(changes)
  return changes
}

/** Variables of a message as the params of one; none are no params. @throws RequestError text-too-long */
export function paramsOf(
  variables: readonly { readonly name: string; readonly text: string }[],
): SFSObject | undefined {
  if (variables.length === 0) return undefined
  const params = new SFSObject()
  for (const { name, text } of variables) params.putUtfString(checkedText(name), checkedText(text))
  return params
}

/** A pair of surrogates counts for more than it takes: better so than less. */
function utf8Length(text: string): number {
  let length = 0
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i)
    if (unit < 0x80) length++
    else if (unit < 0x800) length += 2
    else length += 3
  }
  return length
}
