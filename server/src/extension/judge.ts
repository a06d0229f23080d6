import { SFSObject } from '@warren/codec'
import type { ExtensionInstance } from './instance.ts'
import type { MessageDraft, MessageFate, MessageKind } from './port.ts'
import type { MessageVerdict, ServerEvents } from './server-events.ts'

interface Judge {
  readonly instance: ExtensionInstance
  readonly decide: (message: MessageDraft) => MessageVerdict | Promise<MessageVerdict>
}

/**
 * Asks extensions about a message, one after the other; later ones see what earlier ones changed. A handler that
 * fails has no say.
 * @returns undefined when nobody cares; a promise when one of them waits
 */
export function judge(
  instances: readonly ExtensionInstance[],
  kind: MessageKind,
  message: MessageDraft,
): MessageFate | Promise<MessageFate> | undefined {
  const judges = instances.flatMap(instance =>
    instance.deciders(kind).map(
      (decide): Judge => ({
        instance,
        decide: draft => decide(draft as ServerEvents[MessageKind] as never) as ReturnType<Judge['decide']>,
      }),
    ),
  )
  return judges.length === 0 ? undefined : ask(judges, kind, 0, message)
}

function ask(
  judges: readonly Judge[],
  kind: MessageKind,
  from: number,
  message: MessageDraft,
): MessageFate | Promise<MessageFate> {
  let draft = message
  for (const [index, { instance, decide }] of judges.entries()) {
    if (index < from) continue
    let verdict: MessageVerdict | Promise<MessageVerdict>
    try {
      verdict = decide(draft)
    } catch {
      // Logged and counted by the guard of the extension.
      continue
    }
    if (verdict instanceof Promise) {
      const rest = draft
      return verdict
        .catch(() => undefined)
        .then(late => {
          const next = changed(rest, late, kind, instance)
          return next === 'vetoed' ? next : ask(judges, kind, index + 1, next)
        })
    }
    const next = changed(draft, verdict, kind, instance)
    if (next === 'vetoed') return next
    draft = next
  }
  return { text: draft.text, params: draft.params }
}

/** Code without types may return anything; what nobody can use changes nothing. */
function changed(
  draft: MessageDraft,
  verdict: MessageVerdict | null,
  kind: MessageKind,
  instance: ExtensionInstance,
): MessageDraft | 'vetoed' {
  if (verdict === false) return 'vetoed'
  if (verdict === undefined || verdict === null) return draft
  try {
    if (typeof verdict !== 'object')
      throw new TypeError('It returns nothing, false, or what is to be changed')
    const { text = draft.text, params = draft.params } = verdict
    if (typeof text === 'string' && (params === undefined || params instanceof SFSObject)) {
      return { ...draft, text, params }
    }
    throw new TypeError('A message has a string as its text and an SFSObject as its params')
  } catch (error) {
    instance.blame(`event ${kind}`, error)
    return draft
  }
}
