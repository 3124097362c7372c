"""Pyright's language server, as an editor uses it: JSON-RPC over its standard input and output."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

if TYPE_CHECKING:
    from types import TracebackType

SERVER = Path(sys.executable).with_name("pyright-langserver")


class LanguageServer:
    """A server that has one program open. The cursor is where the program has a `|`."""

    def __init__(self, folder: Path) -> None:
        self._uri = (folder / "program.py").as_uri()
        self._folder = folder
        self._number = 0

    def __enter__(self) -> Self:
        command = [SERVER, "--stdio"]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        markdown = {"contentFormat": ["markdown"]}
        capabilities = {
            "textDocument": {
                "hover": markdown,
                "completion": {"completionItem": {"documentationFormat": ["markdown"]}},
                "signatureHelp": {"signatureInformation": {"documentationFormat": ["markdown"]}},
            },
            "workspace": {"configuration": True},
        }
        folders = [{"uri": self._folder.as_uri(), "name": "program"}]
        self._request("initialize", processId=None, capabilities=capabilities, workspaceFolders=folders, rootUri=None)
        self._send(method="initialized", params={})
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._request("shutdown")
        self._send(method="exit", params={})
        self._process.communicate(timeout=60)

    def hover(self, program: str) -> str:
        """Return the text that an editor shows for the word at the cursor."""
        return str(self._at_cursor("hover", program)["contents"]["value"])

    def signature(self, program: str) -> tuple[str, str]:
        """Return the signature of the call at the cursor, and the text for the argument that is being typed."""
        answer = self._at_cursor("signatureHelp", program)
        signature = answer["signatures"][answer["activeSignature"]]
        parameter = signature["parameters"][signature.get("activeParameter", answer["activeParameter"])]
        return str(signature["label"]), str(parameter["documentation"]["value"])

    def completions(self, program: str) -> list[str]:
        """Return the words that an editor offers at the cursor, in the order in which it shows them."""
        items = self._at_cursor("completion", program)["items"]
        return [item["label"] for item in sorted(items, key=lambda item: item["sortText"])]

    def _at_cursor(self, request: str, program: str) -> Any:
        before, after = program.split("|")
        document = {"uri": self._uri, "languageId": "python", "version": 1, "text": before + after}
        self._send(method="textDocument/didOpen", params={"textDocument": document})
        position = {"line": before.count("\n"), "character": len(before.rpartition("\n")[2])}
        answer = self._request(f"textDocument/{request}", textDocument={"uri": self._uri}, position=position)
        self._send(method="textDocument/didClose", params={"textDocument": {"uri": self._uri}})
        return answer

    def _request(self, method: str, **params: Any) -> Any:
        self._number += 1
        self._send(id=self._number, method=method, params=params)
        while True:
            message = self._receive()
            if message.get("method") == "workspace/configuration":
                settings = {"pythonPath": sys.executable}
                items = message["params"]["items"]
                result = [settings if item["section"] == "python" else {} for item in items]
                self._send(id=message["id"], result=result)
            elif "method" in message and "id" in message:
                self._send(id=message["id"], result=None)
            elif message.get("id") == self._number:
                assert "error" not in message, message
                return message["result"]

    def _send(self, **message: Any) -> None:
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        assert self._process.stdin
        self._process.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
        self._process.stdin.flush()

    def _receive(self) -> dict[str, Any]:
        assert self._process.stdout
        length = 0
        while header := self._process.stdout.readline().strip():
            name, _, value = header.partition(b":")
            if name.lower() == b"content-length":
                length = int(value)
        message: dict[str, Any] = json.loads(self._process.stdout.read(length))
        return message
