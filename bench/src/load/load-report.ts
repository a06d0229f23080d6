import type { LoadOptions } from './load-options.ts'
import type { StepReport } from './step-report.ts'

/** The result of `warren bench`, as it is written to a file. */
export interface LoadReport {
  readonly format: 'warren-bench'
  readonly version: 1
  readonly name: string
  /** When it began. */
  readonly date: string
  readonly options: LoadOptions
  readonly machine: {
    readonly node: string
    readonly platform: string
    readonly cpu: string
    readonly cores: number
    readonly memoryBytes: number
  }
  /** The step that the figures are about: the one asked for, or the highest sustained of a sweep. */
  readonly main: StepReport
  /** All steps, in order. */
  readonly steps: readonly StepReport[]
  /** Of a sweep: the highest rate that was sustained, and why no more; null where none was. */
  readonly knee: { readonly rate: number | null; readonly failure: string } | null
  /** Bytes of the server's resident memory before the bots came and when they had done; null where unknown. */
  readonly resident: { readonly before: number | null; readonly after: number | null }
  /** What whoever reads the figures has to know. */
  readonly notes: readonly string[]
}

/** What is wrong with a file that should hold a report. */
export class NoReport extends Error {}

/** Reads a report from the text of its file. Throws `NoReport`. */
export function readReport(text: string, file: string): LoadReport {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    throw new NoReport(`${file} is no JSON`)
  }
  const { format, version } = (value ?? {}) as Partial<LoadReport>
  if (format !== 'warren-bench') throw new NoReport(`${file} is no report of warren bench`)
  if (version !== 1) throw new NoReport(`${file} was written by another version of warren bench`)
  return value as LoadReport
}
