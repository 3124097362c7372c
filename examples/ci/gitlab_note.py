# Writes a file as a note on the merge request. It replaces the note with the same first line, if that exists.

import json
import os
import sys
import urllib.request
from pathlib import Path
from typing import Any

NOTES = "{CI_API_V4_URL}/projects/{CI_PROJECT_ID}/merge_requests/{CI_MERGE_REQUEST_IID}/notes".format_map(os.environ)


def ask(url: str, method: str = "GET", body: str | None = None) -> tuple[Any, str]:
    """Send a request to GitLab, and return its answer and the number of the next page, or ""."""
    request = urllib.request.Request(  # noqa: S310  (GitLab's own address, from its own variable)
        url,
        data=None if body is None else json.dumps({"body": body}).encode(),
        headers={"PRIVATE-TOKEN": os.environ["REVIEW_TOKEN"], "Content-Type": "application/json"},
        method=method,
    )
    with urllib.request.urlopen(request, timeout=60) as answer:  # noqa: S310
        return json.load(answer), answer.headers.get("X-Next-Page") or ""


def main() -> None:
    """Update the note, or create it."""
    text = Path(sys.argv[1]).read_text(encoding="utf-8")
    marker = text.splitlines()[0]
    mine = ask(os.environ["CI_API_V4_URL"] + "/user")[0]["id"]
    page = "1"
    while page:
        notes, page = ask(f"{NOTES}?per_page=100&page={page}")
        for note in notes:
            if note["author"]["id"] == mine and note["body"].startswith(marker):
                ask(f"{NOTES}/{note['id']}", "PUT", text)
                return
    ask(NOTES, "POST", text)


main()
