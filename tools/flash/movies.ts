import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { compileScript } from './compile-script.ts'
import { type Movie, writeSwf } from './swf.ts'

/** A step of a movie's timeline: its label, and its script in one file or several. */
interface FrameSources {
  readonly label?: string
  readonly files: readonly string[]
}

/** A Flash movie of this repository that is compiled from ActionScript. */
export interface MovieSources extends Omit<Movie, 'frames'> {
  /** The folder that the files are in, and that the movie is written to; below the repository. */
  readonly folder: string
  readonly output: string
  readonly frames: readonly FrameSources[]
}

const ROOT = new URL('../../', import.meta.url)

/** All of them. */
export const MOVIES: readonly MovieSources[] = [
  {
    folder: 'examples/flash-chat/movie/',
    output: '../public/chat.swf',
    version: 7,
    width: 550,
    height: 400,
    framesPerSecond: 24,
    background: [0xe5, 0xee, 0xf4],
    frames: [
      { files: ['ElectroServer.as', 'widgets.as', 'emoticons.as', 'main.as'] },
      { label: 'Connecting', files: ['connecting.as'] },
      { label: 'Login', files: ['login.as'] },
      { label: 'Waiting', files: ['waiting.as'] },
      { label: 'Chat', files: ['transcript.as', 'lists.as', 'rooms.as', 'chat.as'] },
    ],
  },
]

/** Where a movie is written. */
export function movieFile({ folder, output }: MovieSources): string {
  return fileURLToPath(new URL(folder + output, ROOT))
}

/** Compiles a movie from its files. */
export function buildMovie({ folder, frames, ...movie }: MovieSources): Buffer {
  const read = (file: string) => readFileSync(new URL(folder + file, ROOT), 'utf8')
  return writeSwf({
    ...movie,
    frames: frames.map(({ label, files }) => ({
      label,
      script: compileScript(files.map(name => ({ name: folder + name, text: read(name) }))),
    })),
  })
}
