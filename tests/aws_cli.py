"""The AWS CLI as a process that takes command after command, since starting it takes a second.

A process of its own, because it puts a botocore of its own in the place of boto3's. A line of standard input is a
JSON list of arguments; the answer is one with the exit code, what it printed, and what it complained of.
"""

import contextlib
import io
import json
import sys

from awscli.clidriver import create_clidriver

driver = create_clidriver()
for line in sys.stdin:
    printed, complained = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(printed), contextlib.redirect_stderr(complained):
        code = driver.main(json.loads(line))
    sys.stdout.write(json.dumps([code, printed.getvalue(), complained.getvalue()]) + "\n")
    sys.stdout.flush()
