// A test in TypeScript against the sandbox program, with only Node.js.
//
// npx tsx --test docs/examples/typescript/sandbox.test.ts
//
// The program is `open-cloud-sandbox`, or what OPEN_CLOUD_SANDBOX names.

import assert from "node:assert/strict";
import { spawn, type ChildProcess } from "node:child_process";
import { createInterface } from "node:readline";
import { after, before, beforeEach, test } from "node:test";

let program: ChildProcess;
let url = "";
let key = "";

before(async () => {
  program = spawn(process.env.OPEN_CLOUD_SANDBOX ?? "open-cloud-sandbox", ["--until-eof"], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  for await (const line of createInterface({ input: program.stdout! })) {
    const [name, value] = line.split(" ");
    if (name === "url") url = value;
    if (name === "key") {
      key = value;
      break;
    }
  }
});

after(() => program.stdin!.end());

beforeEach(() => control("POST", "reset"));

async function control(method: string, name: string, body?: unknown): Promise<any> {
  const response = await fetch(`${url}/sandbox/${name}`, { method, body: body === undefined ? undefined : JSON.stringify(body) });
  return response.json();
}

// The function to test.
async function displayName(baseUrl: string, apiKey: string, user: number): Promise<string> {
  for (let attempt = 0; ; attempt++) {
    const response = await fetch(`${baseUrl}/cloud/v2/users/${user}`, { headers: { "x-api-key": apiKey } });
    if (response.ok) return (await response.json()).displayName;
    if (response.status !== 503 || attempt === 2) throw new Error(`status ${response.status}`);
  }
}

test("it reads the user", async () => {
  assert.equal(await displayName(url, key, 156), "builderman");
});

test("it tries again", async () => {
  await control("POST", "faults", { fault: "unavailable", times: 2 });
  assert.equal(await displayName(url, key, 156), "builderman");
  const { requests } = await control("GET", "requests");
  assert.deepEqual(requests.map((one: any) => one.response.status), [503, 503, 200]);
});

test("it reports a user that does not exist", async () => {
  await assert.rejects(displayName(url, key, 1), /status 404/);
});
