import type { ExtensionInstance } from './instance.ts'
import type { RunningExtensions } from './running.ts'

/**
 * Starts a new version of an extension and puts it in the place of the former, which goes on if that fails. A new
 * version that takes over the state has it alone: requests, events and schedules of the former wait meanwhile.
 * @returns whether the new version runs there; not so when the room went or the server stopped meanwhile
 * @throws what keeps the new version from starting
 */
export async function replaceInstance(
  former: ExtensionInstance,
  next: ExtensionInstance,
  running: RunningExtensions,
): Promise<boolean> {
  // One that still starts has no state yet.
  await former.settling
  const takesOver = next.source.definition.reload !== undefined && former.isRunning
  if (takesOver) former.pause()
  try {
    await next.start(takesOver ? { state: former.state } : undefined)
    if (!running.swap(former, next)) {
      await next.stop()
      return false
    }
    if (!takesOver) {
      await former.stop()
      return true
    }
    for (const [event, payload] of former.retire()) next.tell(event, payload)
    return true
  } catch (error) {
    if (takesOver) await former.takeBack()
    throw error
  } finally {
    former.release()
  }
}
