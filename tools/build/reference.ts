import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import {
  Application,
  type Comment,
  type DeclarationReflection,
  type ProjectReflection,
  ReflectionKind,
  TSConfigReader,
} from 'typedoc'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))

/** The public entries of the client. */
const CLIENT = [
  'client/src/index.ts',
  'client/src/node.ts',
  'client/src/electroserver/index.ts',
  'client/src/node/electroserver.ts',
  'client/src/flash/index.ts',
  'client/src/node/flash.ts',
].map(file => join(ROOT, file))

/** An API as its docstrings tell it. */
export interface Reference {
  readonly app: Application
  readonly project: ProjectReflection
}

/**
 * Reads the docstrings of modules.
 * @param entryPoints  files whose exports are public; those of the client unless given
 * @param tsconfig  a project that has them
 * @throws Error when they cannot be compiled
 */
export async function readReference(
  entryPoints: readonly string[] = CLIENT,
  tsconfig = join(ROOT, 'tools/build/reference.tsconfig.json'),
): Promise<Reference> {
  const app = await Application.bootstrap(
    {
      name: 'The client of Warren',
      entryPoints: [...entryPoints],
      tsconfig,
      readme: 'none',
      // The compiler has its own step among the checks.
      skipErrorChecking: true,
      excludeInternal: true,
      excludePrivate: true,
      excludeProtected: true,
      excludeExternals: false,
      // Nothing outside of the repository is pointed at.
      disableSources: true,
      hideGenerator: true,
      githubPages: false,
      validation: { invalidLink: true, notExported: false, notDocumented: false },
      logLevel: 'Warn',
    },
    [new TSConfigReader()],
  )
  const project = await app.convert()
  if (project === undefined || app.logger.hasErrors()) throw new Error('The docstrings cannot be read')
  return { app, project }
}

const WITH_EXAMPLE = ReflectionKind.Class | ReflectionKind.Function
const TOP = WITH_EXAMPLE | ReflectionKind.Interface | ReflectionKind.TypeAlias | ReflectionKind.Variable
const MEMBERS = ReflectionKind.Method | ReflectionKind.Accessor | ReflectionKind.Property

/** What is said too little of: public names without a docstring, functions and classes without an example. */
export function gapsOf(project: ProjectReflection): string[] {
  const gaps: string[] = []
  const exported = project.getReflectionsByKind(TOP) as DeclarationReflection[]
  for (const reflection of exported) {
    if (reflection.parent?.kindOf(ReflectionKind.Project | ReflectionKind.Module) !== true) continue
    const comment = commentOf(reflection)
    if (comment === undefined) gaps.push(`${reflection.name} has no docstring`)
    else if (reflection.kindOf(WITH_EXAMPLE) && comment.getTag('@example') === undefined)
      gaps.push(`${reflection.name} has no @example`)
    if (!reflection.kindOf(ReflectionKind.Class)) continue
    for (const member of reflection.children ?? []) {
      if (member.kindOf(MEMBERS) && commentOf(member) === undefined && isOwn(member))
        gaps.push(`${reflection.name}.${member.name} has no docstring`)
    }
  }
  return [...new Set(gaps)].sort()
}

/** Functions have their docstring on the signature, accessors on their getter. */
function commentOf(reflection: DeclarationReflection): Comment | undefined {
  const places = [
    reflection,
    ...(reflection.signatures ?? []),
    reflection.getSignature,
    reflection.setSignature,
  ]
  return places.map(place => place?.comment).find(comment => comment?.hasVisibleComponent() === true)
}

/** Whether it is not that of a class of the language, such as the `message` of an error. */
function isOwn({ flags, inheritedFrom, overwrites }: DeclarationReflection): boolean {
  const origin = inheritedFrom ?? overwrites
  return flags.isExternal !== true && origin?.name.startsWith('Error.') !== true
}
