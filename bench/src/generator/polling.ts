/** Milliseconds between two looks at the sockets. */
const NAP = 0.5
const cell = new Int32Array(new SharedArrayBuffer(4))

/**
 * Turns the loop at short intervals instead of sleeping in it. A client that sleeps until its socket has something is
 * woken by the server's write, on the server's core and at the server's expense: 1 to 2 us on a virtual machine, which
 * no server pays whose clients are elsewhere. So the generator sleeps by the clock; a loop with much to do does not
 * sleep at all.
 * @param turn  called once a turn
 * @returns ends it
 */
export function startPolling(turn: () => void): () => void {
  let isOn = true
  let lastTurn = performance.now()
  const poll = () => {
    if (!isOn) return
    turn()
    if (performance.now() - lastTurn < 2 * NAP) Atomics.wait(cell, 0, 0, NAP)
    lastTurn = performance.now()
    setImmediate(poll)
  }
  setImmediate(poll)
  return () => {
    isOn = false
  }
}
