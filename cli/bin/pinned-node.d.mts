/** The oldest Node that Warren runs on. */
export const OLDEST_NODE: number
/** Whether a version, such as `24.1.0`, is recent enough. */
export function isRecent(version: string): boolean
/** The Node that npm installed beside the other packages; the search begins at `from`, a file's path or URL. */
export function pinnedNode(from: string): string | undefined
/** Runs a program in the place of this one: same input and output, signals passed on. Gives its exit code. */
export function runInstead(
  program: string,
  args: readonly string[],
  options?: { readonly env?: object; readonly endWithParent?: boolean },
): Promise<number>
