import { int, utfString } from '../fields.ts'
import { system } from '../message.ts'

/** Where another server has to be asked. */
export const clusterMessages = {
  GameServerConnectionRequired: system(600, {
    port: int('p'),
    accessToken: utfString('at'),
    host: utfString('h'),
    zoneName: utfString('z'),
  }),
  LoadBalancerError: system(1600, {}),
} as const
