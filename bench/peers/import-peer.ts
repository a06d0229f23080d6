/** Loads a package that is installed beside this file and not seen by the type checker. */
export async function importPeer<T>(name: string): Promise<T> {
  return await import(name)
}
