// The language server as the client library of Visual Studio Code meets it, and the extension as a package.

import assert from 'node:assert/strict'
import { execFile, spawn } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import path from 'node:path'
import test from 'node:test'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { promisify } from 'node:util'

const extension = fileURLToPath(new URL('../../editors/vscode/', import.meta.url))
const require = createRequire(path.join(extension, 'extension.js'))
const protocol = require('vscode-languageserver-protocol/node')

const site = process.env.VARIORUM_SITE
const program = process.env.VARIORUM_PROGRAM
const page = pathToFileURL(path.join(site, 'content/guides/lamps.md')).href

/** A session with the program; what it tells of findings is kept. */
async function open (t) {
  const child = spawn(program, ['lsp', '--stdio'], { cwd: site, stdio: ['pipe', 'pipe', 'inherit'] })
  const connection = protocol.createProtocolConnection(
    new protocol.StreamMessageReader(child.stdout), new protocol.StreamMessageWriter(child.stdin))
  t.after(() => {
    connection.dispose()
    child.kill()
  })
  const told = []
  let waiting = []
  connection.onNotification(protocol.PublishDiagnosticsNotification.type, params => {
    told.push(params)
    waiting = waiting.filter(look => !look())
  })
  const findings = wanted => new Promise(resolve => {
    const look = () => {
      const found = told.find(wanted)
      if (found) resolve(found)
      return found
    }
    if (!look()) waiting.push(look)
  })
  connection.listen()
  const result = await connection.sendRequest(protocol.InitializeRequest.type, {
    processId: process.pid,
    rootUri: pathToFileURL(site).href,
    workspaceFolders: [{ uri: pathToFileURL(site).href, name: 'site' }],
    capabilities: {
      general: { positionEncodings: ['utf-16'] },
      workspace: { workspaceEdit: { documentChanges: true, resourceOperations: ['rename'] } }
    }
  })
  await connection.sendNotification(protocol.InitializedNotification.type, {})
  const document = { uri: page, languageId: 'markdown', version: 1 }
  const show = async text => {
    document.version += 1
    await connection.sendNotification(protocol.DidOpenTextDocumentNotification.type, {
      textDocument: { ...document, text }
    })
  }
  return { child, connection, result, findings, show }
}

const head = '---\ntitle: A\nversions: \'*\'\n---\n'

test('a library that knows the protocol is understood', async t => {
  const { child, connection, result, findings, show } = await open(t)
  assert.equal(result.capabilities.positionEncoding, 'utf-16')
  await show(`${head}🏮 {% data variables.store.name %} {% data variables.store.nmae %}\n`)
  const wrong = await findings(params => params.uri === page && params.diagnostics.length === 1)
  assert.deepEqual(wrong.diagnostics[0].range.start, { line: 4, character: 35 })
  const at = (character) => ({ textDocument: { uri: page }, position: { line: 4, character } })
  const hover = await connection.sendRequest(protocol.HoverRequest.type, at(15))
  assert.match(hover.contents.value, /商店/)
  const items = await connection.sendRequest(protocol.CompletionRequest.type, at(25))
  assert.ok(items.some(item => item.label === 'variables.store.other'))
  const resolved = await connection.sendRequest(protocol.CompletionResolveRequest.type, items[0])
  assert.match(resolved.documentation.value, /all versions/)
  const definition = await connection.sendRequest(protocol.DefinitionRequest.type, at(15))
  assert.match(definition[0].uri, /data\/variables\/store\.yml$/)
  const edit = await connection.sendRequest(protocol.RenameRequest.type, { ...at(15), newName: 'title' })
  assert.ok(edit.documentChanges.length >= 6)
  const actions = await connection.sendRequest(protocol.CodeActionRequest.type, {
    textDocument: { uri: page }, range: wrong.diagnostics[0].range, context: { diagnostics: wrong.diagnostics }
  })
  assert.equal(actions[0].title, 'change to `variables.store.name`')
  await connection.sendRequest(protocol.ShutdownRequest.type)
  const ended = new Promise(resolve => child.once('exit', resolve))
  await connection.sendNotification(protocol.ExitNotification.type)
  assert.equal(await ended, 0)
})

test('errors reach the library as errors', async t => {
  const { connection } = await open(t)
  await assert.rejects(connection.sendRequest('textDocument/dance', {}), { code: -32601 })
  await assert.rejects(connection.sendRequest('textDocument/hover', { no: 1 }), { code: -32602 })
})

test('the extension packages without anything but its own files and its libraries', async t => {
  const folder = await mkdtemp(path.join(tmpdir(), 'variorum-'))
  t.after(() => rm(folder, { recursive: true }))
  const file = path.join(folder, 'variorum.vsix')
  const vsce = path.join(extension, 'node_modules/@vscode/vsce/vsce')
  await promisify(execFile)(process.execPath, [vsce, 'package', '--allow-missing-repository', '--out', file], { cwd: extension })
  assert.equal((await readFile(file)).subarray(0, 2).toString(), 'PK')
  const { stdout } = await promisify(execFile)(process.execPath, [vsce, 'ls'], { cwd: extension })
  const files = stdout.split('\n').filter(Boolean)
  assert.deepEqual(files.filter(name => !name.startsWith('node_modules/')).sort(), [
    'LICENSE-APACHE', 'LICENSE-MIT', 'README.md', 'extension.js', 'package.json'
  ])
  assert.deepEqual(files.filter(name => /\.(node|exe|dll|so|dylib)$/.test(name)), [])
})
