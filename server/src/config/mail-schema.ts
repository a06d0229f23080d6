import { z } from 'zod'
import { described, fileName, flag, hostAddress } from './fields.ts'

/** How the server sends mail. */
export const mailSchema = z
  .strictObject({
    from: described(
      z.string().min(3).max(320).includes('@', { error: 'must have an e-mail address' }),
      'Whom mails are from, as in "Warren <warren@example.org>".',
    ),
    smtp: z
      .strictObject({
        host: described(hostAddress, 'The mail server.'),
        port: described(z.int().min(1).max(65_535), 'Its port.').default(587),
        secure: flag(
          'Whether the line begins with TLS, as on port 465. If not, it must change to TLS before anything is said.',
          false,
        ),
        allowPlain: flag('Whether mail may go over a line without TLS, to a server beside this one.', false),
        user: described(
          z.string().min(1).max(255),
          'Who logs in there; the password is in WARREN_SMTP_PASSWORD.',
        ).optional(),
      })
      .optional()
      .describe('The server that takes mails. Left out: they go into outbox.'),
    outbox: described(
      fileName,
      'A folder that gets each mail as a file, for development; relative to the configuration file. Left out: outbox, in dataDir.',
    ).optional(),
  })
  .describe('How mails are sent, to confirm accounts and for forgotten passwords.')
