import { z } from 'zod'
import { jsonConfigSchema } from './server-schema.ts'
import { zoneSchema } from './zone-schema.ts'

/** The published JSON Schemas by file name, made of the schemas that check the files. */
export function jsonSchemas(): Readonly<Record<string, unknown>> {
  return {
    'server.schema.json': published('Configuration of a Warren server', jsonConfigSchema),
    'zone.schema.json': published('Zone of a Warren server', zoneSchema),
  }
}

/** A schema of what may be written: keys with a default may be left out. */
function published(title: string, schema: z.ZodType): unknown {
  const { $schema, ...rest } = z.toJSONSchema(schema, { io: 'input', target: 'draft-7' })
  return { $schema, title, ...rest }
}
