/** Calls a handler of the application. One that throws does not keep others from hearing; the error is reported. */
export function guarded(handler: () => void): void {
  try {
    handler()
  } catch (error) {
    queueMicrotask(() => {
      throw error
    })
  }
}
