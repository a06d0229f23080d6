import { z } from 'zod'
import { described, listener } from './fields.ts'

/** A host, all below one, or everybody. Nothing else may come into the policy file. */
const DOMAIN = /^(?:\*|(?:\*\.)?[a-z0-9-]+(?:\.[a-z0-9-]+)*)$/i
const RANGE = /^(\d{1,5})-(\d{1,5})$/

const domain = z
  .string()
  .max(255)
  .regex(DOMAIN, 'is no host such as games.example.com, *.example.com or *')
  .transform(name => name.toLowerCase())

const range = z.string().refine(isRange, 'is no range of ports such as 9900-9910')

/** Flash movies, in Flash Player and in players inside of pages. */
export const flashSchema = z
  .strictObject({
    domains: described(
      z.array(domain).max(100),
      'Where Flash movies come from that may connect: hosts, *.example.com for all below one, or * for everywhere. Pages of this server may always.',
    ).default([]),
    ports: described(
      z
        .array(z.union([z.int().min(1).max(65_535), range]))
        .min(1)
        .max(100),
      'The ports that the policy file grants, as clients see them: numbers, or ranges such as 9900-9910. Left out: those that this server listens on.',
    ).optional(),
    policyPort: listener(
      'Gives the policy file and nothing else. Flash Player looks for it on 843; a port that cannot be had is left out with a warning.',
    ).default('off'),
  })
  .describe('Flash movies that connect.')

function isRange(text: string): boolean {
  const [, first = '', last = ''] = RANGE.exec(text) ?? []
  return Number(first) >= 1 && Number(first) <= Number(last) && Number(last) <= 65_535
}
