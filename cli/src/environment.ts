/** The environment of the process; nothing else reads it. */
export const environment: Readonly<Record<string, string | undefined>> = process.env
