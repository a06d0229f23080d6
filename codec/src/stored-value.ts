import { SFSValueError } from './errors.ts'
import { SFSType, sfsTypeName } from './sfs-type.ts'
import { SlotReader } from './slot-reader.ts'
import * as check from './value-checks.ts'

type Numbers = Iterable<number>

/** The form in which a typed value is stored, checked and copied. */
export function storedValue(path: string | number, type: number, value: unknown): unknown {
  switch (type) {
    case SFSType.NULL:
      return null
    case SFSType.BOOL:
      return check.checkedBool(path, value as boolean)
    case SFSType.BYTE:
      return check.checkedByte(path, value as number)
    case SFSType.SHORT:
      return check.checkedShort(path, value as number)
    case SFSType.INT:
      return check.checkedInt(path, value as number)
    case SFSType.LONG:
      return check.checkedLong(path, value as bigint)
    case SFSType.FLOAT:
      return check.checkedFloat(path, value as number)
    case SFSType.DOUBLE:
      return check.checkedDouble(path, value as number)
    case SFSType.UTF_STRING:
    case SFSType.TEXT:
      return check.checkedString(path, value as string)
    case SFSType.BOOL_ARRAY:
      return check.checkedList(path, value as Iterable<boolean>, check.checkedBool)
    case SFSType.BYTE_ARRAY:
      return check.checkedBytes(path, value as Uint8Array)
    case SFSType.SHORT_ARRAY:
      return check.checkedList(path, value as Numbers, check.checkedShort)
    case SFSType.INT_ARRAY:
      return check.checkedList(path, value as Numbers, check.checkedInt)
    case SFSType.LONG_ARRAY:
      return check.checkedList(path, value as Iterable<bigint>, check.checkedLong)
    case SFSType.FLOAT_ARRAY:
      return check.checkedList(path, value as Numbers, check.checkedFloat)
    case SFSType.DOUBLE_ARRAY:
      return check.checkedList(path, value as Numbers, check.checkedDouble)
    case SFSType.UTF_STRING_ARRAY:
      return check.checkedList(path, value as Iterable<string>, check.checkedString)
    case SFSType.SFS_ARRAY:
      if (value instanceof SlotReader && !('names' in value)) return value
      break
    case SFSType.SFS_OBJECT:
      if (value instanceof SlotReader && 'names' in value) return value
  }
  throw new SFSValueError(
    'wrong-type',
    String(path),
    `does not hold a value of type ${sfsTypeName(type) ?? type}`,
  )
}
