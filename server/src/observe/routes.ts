import type { ServerStatus } from '../status.ts'
import type { Route } from '../transport/http.ts'
import type { Metrics } from './metrics.ts'

/** `/health` for load balancers, `/metrics` for Prometheus. */
export function observeRoutes(metrics: Metrics, status: () => ServerStatus): Route[] {
  return [
    {
      method: 'GET',
      path: '/health',
      handle: (_request, response) => {
        const { uptimeSeconds, sessions } = status()
        response.setHeader('content-type', 'application/json')
        response.end(JSON.stringify({ status: 'ok', uptimeSeconds: Math.round(uptimeSeconds), sessions }))
      },
    },
    {
      method: 'GET',
      path: '/metrics',
      handle: async (_request, response) => {
        const text = await metrics.render()
        response.setHeader('content-type', metrics.contentType)
        response.end(text)
      },
    },
  ]
}
