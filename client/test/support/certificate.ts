import { connect } from 'node:tls'

/** The certificate of a server, as PEM text. */
export function certificateOf(port: number): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host: '127.0.0.1', port, rejectUnauthorized: false }, () => {
      const { raw } = socket.getPeerCertificate()
      socket.destroy()
      const lines = raw.toString('base64').match(/.{1,64}/g) ?? []
      resolve(['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n'))
    })
    socket.on('error', reject)
  })
}
