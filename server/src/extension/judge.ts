import type { ExtensionInstance } from './instance.ts'
import type { MessageDraft, MessageFate, MessageKind } from './port.ts'
import type { MessageVerdict, ServerEvents } from './server-events.ts'

type Judge = (message: MessageDraft) => MessageVerdict | Promise<MessageVerdict>

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
      (decide): Judge =>
        draft =>
          decide(draft as ServerEvents[MessageKind] as never) as ReturnType<Judge>,
    ),
  )
  return judges.length === 0 ? undefined : ask(judges, 0, message)
}

function ask(
  judges: readonly Judge[],
  from: number,
  message: MessageDraft,
): MessageFate | Promise<MessageFate> {
  let draft = message
  for (let index = from; index < judges.length; index++) {
    let verdict: MessageVerdict | Promise<MessageVerdict>
    try {
      verdict = judges[index]?.(draft)
    } catch {
      // Logged and counted by the guard of the extension.
      continue
    }
    if (verdict instanceof Promise) {
      const rest = draft
      return verdict
        .catch(() => undefined)
        .then(late => {
          const next = changed(rest, late)
          return next === 'vetoed' ? next : ask(judges, index + 1, next)
        })
    }
    const next = changed(draft, verdict)
    if (next === 'vetoed') return next
    draft = next
  }
  return { text: draft.text, params: draft.params }
}

function changed(draft: MessageDraft, verdict: MessageVerdict): MessageDraft | 'vetoed' {
  if (verdict === false) return 'vetoed'
  if (verdict === undefined) return draft
  return { ...draft, text: verdict.text ?? draft.text, params: verdict.params ?? draft.params }
}
