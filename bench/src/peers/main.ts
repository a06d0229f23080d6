/** `npm run bench:peers`: Warren, the floor, Colyseus and Socket.IO do the same work, in turn, several rounds. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { webSocketCandidates } from '../candidates.ts'
import { Progress } from '../progress.ts'
import { aboutMachine, type MachineAbout } from '../results.ts'
import { markdownTable, textTable } from '../table.ts'
import { withSection } from './document.ts'
import { installPeers } from './install-peers.ts'
import { PEER_USAGE, type PeerOptions, parsePeerOptions } from './peer-options.ts'
import { peerTables } from './peer-results.ts'
import { runRounds } from './peer-rounds.ts'
import { peerWorks } from './peer-works.ts'

const RESULTS = fileURLToPath(new URL('../../results/', import.meta.url))
const DOCUMENT = fileURLToPath(new URL('../../../docs/benchmarks.md', import.meta.url))

async function main(options: PeerOptions): Promise<void> {
  const progress = new Progress()
  const hasPeers = options.peers && installPeers(text => progress.note(text))
  const candidates = webSocketCandidates.filter(({ isPeer }) => hasPeers || !isPeer)
  const works = peerWorks(options).filter(
    ({ key }) => options.only.length === 0 || options.only.includes(key),
  )
  const about = aboutMachine()
  const results = await runRounds(candidates, works, options, progress)
  progress.end()
  const tables = peerTables(results)
  const circumstances = circumstancesOf(about, options)
  console.log([...tables.map(textTable), circumstances].join('\n'))
  const markdown = [...tables.map(markdownTable), circumstances, ''].join('\n')
  mkdirSync(RESULTS, { recursive: true })
  const path = `${RESULTS}peers-${about.date.replaceAll(':', '-').slice(0, 19)}`
  writeFileSync(`${path}.json`, `${JSON.stringify({ about, options, ...results }, null, 2)}\n`)
  writeFileSync(`${path}.md`, markdown)
  console.log(`\nWritten to ${path}.json and ${path}.md`)
  if (options.docs) writeFileSync(DOCUMENT, withSection(readFileSync(DOCUMENT, 'utf8'), 'peers', markdown))
}

function circumstancesOf(about: MachineAbout, options: PeerOptions): string {
  const rounds = options.rounds === 1 ? 'One round' : `${options.rounds} rounds`
  const peers = Object.entries(about.peers).map(([name, version]) => `${name} ${version}`)
  return (
    `Node ${about.node.slice(1)} with \`--expose-gc\`, ${about.cpu}, ${about.cores} cores, Linux ${about.kernel}, commit ${about.commit}, ` +
    `${about.date.slice(0, 10)}. Server on core 0 and generator on core 1: ${about.isPinned ? 'yes' : 'NO'}. ` +
    `${rounds}${options.quick ? ', quick' : ''}; the floor leaves ${options.floorTick} ms between two writes. ` +
    `Peers: ${peers.join(', ') || 'not installed'}.`
  )
}

try {
  if (process.argv.includes('--help')) console.log(PEER_USAGE)
  else await main(parsePeerOptions(process.argv.slice(2)))
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 2
}
