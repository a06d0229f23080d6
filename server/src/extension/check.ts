import { type JsonSchema, ObjectShape, ShapeError } from '@warren/codec/schema'
import type { ExtensionSettings, ZoneSettings } from '../domain/settings.ts'
import type { AnyDefinition, ExtensionSource } from './instance.ts'

/** A place that names an extension. */
export interface ExtensionUse {
  /** For people, for instance `zone Arena`. */
  readonly place: string
  readonly level: 'zone' | 'room'
  readonly settings: ExtensionSettings
}

/** Every place that names an extension. Those of rooms that clients make have no settings of their own. */
export function usesOf(zones: readonly ZoneSettings[]): ExtensionUse[] {
  return zones.flatMap(zone => [
    ...zone.extensions.map(settings => zoneUse(zone.name, settings)),
    ...zone.rooms.flatMap(room => room.extensions.map(settings => roomUse(zone.name, room.name, settings))),
    ...zone.clientRoomExtensions.map(name => roomUse(zone.name, 'of a client', { name, config: {} })),
  ])
}

export function zoneUse(zone: string, settings: ExtensionSettings): ExtensionUse {
  return { place: `zone ${zone}`, level: 'zone', settings }
}

export function roomUse(zone: string, room: string, settings: ExtensionSettings): ExtensionUse {
  return { place: `room ${room} of zone ${zone}`, level: 'room', settings }
}

/** What keeps an extension from running where it is named; undefined when nothing does. */
export function misuse(
  { settings, level, place }: ExtensionUse,
  source: ExtensionSource,
): string | undefined {
  const own = source.definition.level ?? 'zone'
  if (own !== level) return `The extension "${settings.name}" belongs to a ${own}; ${place} is none`
  try {
    configShape(source.definition).fromJson({ ...source.config, ...settings.config }, '')
    return undefined
  } catch (error) {
    if (!(error instanceof ShapeError)) throw error
    return `The extension "${settings.name}" of ${place} has a wrong config: ${error.message}`
  }
}

/** What an editor checks the `config.json` of an extension against. */
export function configSchema({ name, definition }: ExtensionSource): JsonSchema {
  const { properties, ...schema } = configShape(definition).jsonSchema()
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: `Configuration of the extension ${name}`,
    ...schema,
    properties: { $schema: { type: 'string' }, ...(properties as object) },
  }
}

function configShape(definition: AnyDefinition) {
  return new ObjectShape(definition.config ?? {})
}
