import assert from 'node:assert/strict'
import { eachClient } from '../../src/clients/each-client.ts'

eachClient('the lag monitor measures, and nothing comes once it is off', async ({ open, SFS2X }) => {
  const client = await (await open()).client()
  client.send(new SFS2X.LoginRequest('Ann', '', undefined, 'BH0'))
  await client.expect('login')
  client.sfs.enableLagMonitor(true, 1, 2)
  for (let n = 0; n < 2; n++) {
    const { lagValue } = await client.expect('pingPong')
    assert.ok(lagValue >= 0 && lagValue < 1000)
  }
  client.sfs.enableLagMonitor(false)
  client.send(new SFS2X.JoinRoomRequest('Lobby'))
  await client.expect('roomJoin')
  assert.deepEqual(client.complaints, [])
})
