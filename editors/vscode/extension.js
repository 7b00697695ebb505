// Starts `variorum lsp` for the folder that is open, and connects the editor to it.

'use strict'

const path = require('node:path')
const vscode = require('vscode')
const { LanguageClient, TransportKind } = require('vscode-languageclient/node')

let client

/** The program of the settings; one with a slash in it is a file, below the workspace where it is relative. */
function program (settings, folder) {
  const name = settings.get('path') || 'variorum'
  const isRelative = /[\\/]/.test(name) && !path.isAbsolute(name)
  return isRelative && folder ? path.join(folder, name) : name
}

async function start () {
  const settings = vscode.workspace.getConfiguration('variorum')
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath
  const command = program(settings, folder)
  const server = {
    command,
    args: ['lsp', ...settings.get('arguments', [])],
    transport: TransportKind.stdio,
    options: { cwd: folder }
  }
  const documentSelector = ['md', 'markdown', 'yml', 'yaml', 'json', 'html']
    .map(ending => ({ scheme: 'file', pattern: `**/*.${ending}` }))
  client = new LanguageClient('variorum', 'Variorum', server, { documentSelector })
  try {
    await client.start()
  } catch (error) {
    const answer = await vscode.window.showErrorMessage(
      `Variorum: cannot start \`${command}\`: ${error.message}`, 'Open settings')
    if (answer) vscode.commands.executeCommand('workbench.action.openSettings', 'variorum.path')
  }
}

async function stop () {
  const running = client
  client = undefined
  // A client that has not started cannot be stopped.
  if (running?.isRunning()) await running.stop()
}

async function activate (context) {
  const restart = async () => {
    await stop()
    await start()
  }
  context.subscriptions.push(
    vscode.commands.registerCommand('variorum.restart', restart),
    vscode.workspace.onDidChangeConfiguration(event => {
      if (event.affectsConfiguration('variorum')) restart()
    }))
  await start()
}

module.exports = { activate, deactivate: stop }
