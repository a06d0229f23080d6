import type { Report } from './replay.ts'

/** A report in lines for people: the count first, then whatever was left out, declared or wrong. */
export function reportLines(report: Report): readonly string[] {
  const { trace, matched, recorded, late, notReplayed, reconstructed, shown, problems } = report
  return [
    `${trace}: ${matched} of ${recorded} frames matched`,
    ...notReplayed.map(({ step, reason }) => `  step ${step} not replayed: ${reason}`),
    ...reconstructed.map(({ step, what }) => `  step ${step} reconstructed: ${what}`),
    ...shown.map(
      ({ anchor, occurrence }) => `  step ${occurrence.step} ${occurrence.kind}, as declared: ${anchor}`,
    ),
    ...(late === 0 ? [] : [`  ${late} more while the recorder hung up`]),
    ...problems.map(({ step, client, text }) => `  step ${step} ${client}: ${text}`),
  ]
}
