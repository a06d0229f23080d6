import { getHeapStatistics } from 'node:v8'

/** Bytes in use: objects, and what they keep outside of the heap. Cheap enough to ask often. */
export function heapBytes(): number {
  const { used_heap_size, external_memory } = getHeapStatistics()
  return used_heap_size + external_memory
}
