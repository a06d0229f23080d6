import { defineExtension, t } from '@warren/server'

/** Says back what it is told, with a schema and without. */
export default defineExtension({
  requests: {
    echo: { params: { m: t.string() }, response: { m: t.string() } },
    same: { params: t.sfsObject(), response: t.sfsObject() },
  },
  init({ handle }) {
    handle({
      echo: ({ params }) => ({ m: params.m }),
      same: ({ params }) => params,
    })
  },
})
