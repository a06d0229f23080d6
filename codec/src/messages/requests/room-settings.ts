import { bool, int, short, utfString } from '../fields.ts'
import { double, vector } from '../rare-fields.ts'
import { flags } from '../rare-shapes.ts'
import { roomVariableRow } from '../rows.ts'
import { field, listOf, opt } from '../shape.ts'

/** The room to make. */
export const roomSettings = {
  name: utfString('n'),
  groupId: utfString('g'),
  password: utfString('p'),
  isGame: bool('ig'),
  maxUsers: short('mu'),
  maxSpectators: short('ms'),
  maxVariables: short('mv'),
  onlyOwnerInvites: bool('aji'),
  variables: opt(field(listOf(roomVariableRow), 'rv')),
  permissions: opt(field(flags('nameChange', 'passwordChange', 'publicMessages', 'resizing'), 'pm')),
  events: opt(field(flags('userEnter', 'userExit', 'userCountChange', 'userVariables'), 'ev')),
  extensionId: opt(utfString('xn')),
  extensionClass: opt(utfString('xc')),
  extensionProperties: opt(utfString('xp')),
  aoi: opt(vector('maoi')),
  lowerLimit: opt(vector('mllm')),
  higherLimit: opt(vector('mlhm')),
  maxLimboSeconds: opt(short('muls')),
  proximityMillis: opt(short('mpum')),
  sendsEntryPoint: opt(bool('msep')),
  positionStep: opt(double('wps')),
  autoJoin: bool('aj'),
  roomIdToLeave: opt(int('rl')),
}
