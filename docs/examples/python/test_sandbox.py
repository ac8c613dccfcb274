"""A test in Python against the sandbox program, with only the standard library.

python3 -m unittest docs/examples/python/test_sandbox.py

The program is `open-cloud-sandbox`, or what OPEN_CLOUD_SANDBOX names.
"""

import json
import os
import subprocess
import unittest
import urllib.error
import urllib.request


class Sandbox:
    """A running sandbox. Leaving the `with` block stops it."""

    def __enter__(self):
        program = os.environ.get("OPEN_CLOUD_SANDBOX", "open-cloud-sandbox")
        self.process = subprocess.Popen(
            [program, "--until-eof"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        self.url = self.process.stdout.readline().split()[1]
        self.key = self.process.stdout.readline().split()[1]
        return self

    def __exit__(self, *_):
        self.process.stdin.close()
        self.process.wait()
        self.process.stdout.close()

    def control(self, method, name, body=None):
        """Calls the interface under /sandbox/."""
        return send(method, f"{self.url}/sandbox/{name}", {}, body)


def send(method, url, headers, body=None):
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(url, data, {**headers, "content-type": "application/json"}, method=method)
    with urllib.request.urlopen(request) as response:
        return json.load(response)


def member_count(base_url, key, group):
    """The function to test."""
    for attempt in range(3):
        try:
            return send("GET", f"{base_url}/cloud/v2/groups/{group}", {"x-api-key": key})["memberCount"]
        except urllib.error.HTTPError as error:
            error.close()
            if error.code != 503 or attempt == 2:
                raise


class MemberCount(unittest.TestCase):
    def test_it_reads_the_group(self):
        with Sandbox() as sandbox:
            self.assertEqual(member_count(sandbox.url, sandbox.key, 7), 25)

    def test_it_tries_again(self):
        with Sandbox() as sandbox:
            sandbox.control("POST", "faults", {"fault": "unavailable", "times": 2})
            self.assertEqual(member_count(sandbox.url, sandbox.key, 7), 25)
            statuses = [one["response"]["status"] for one in sandbox.control("GET", "requests")["requests"]]
            self.assertEqual(statuses, [503, 503, 200])

    def test_it_sees_a_group_of_the_test(self):
        with Sandbox() as sandbox:
            group = {"name": "Mine", "members": [{"user": 156}, {"user": 2}]}
            sandbox.control("PATCH", "state", {"groups": {"55": group}})
            self.assertEqual(member_count(sandbox.url, sandbox.key, 55), 2)


if __name__ == "__main__":
    unittest.main()
