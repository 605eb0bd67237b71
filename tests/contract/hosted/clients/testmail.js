// testmail.app's own client: list, a live query that outlasts a redirect, variables, a download, refusals.
"use strict";
const assert = require("node:assert");
const net = require("node:net");
const { GraphQLClient } = require("@testmail.app/graphql-request");

const EMAILS = "emails { id tag timestamp envelope_from envelope_to from subject text downloadUrl }";

// One SMTP transaction (RFC 5321), each command after the answer to the last one.
function mail([host, port], to, subject) {
  const raw = `From: App <app@example.com>\r\nTo: ${to}\r\nSubject: ${subject}\r\n\r\nHello: ${subject}.\r\n`;
  const lines = ["EHLO test", "MAIL FROM:<bounces@example.com>", `RCPT TO:<${to}>`, "DATA", `${raw}.`, "QUIT"];
  return new Promise((resolve, reject) => {
    const socket = net.connect(port, host);
    let said = "";
    socket.on("data", (data) => {
      said += data;
      if (!/^\d{3} .*\r\n$/m.test(said)) return;
      if (!/^[23]/.test(said)) reject(new Error(said));
      said = "";
      if (lines.length) socket.write(`${lines.shift()}\r\n`);
    });
    socket.on("end", () => socket.end());
    socket.on("close", () => resolve(raw));
    socket.on("error", reject);
  });
}

async function main(task) {
  const { namespace } = task;
  const address = (tag) => `${namespace}.${tag}@inbox.testmail.app`;
  const headers = { Authorization: `Bearer ${task.key}` };
  const client = new GraphQLClient(`${task.url}/api/graphql`, { headers, retries: 0 });

  const list = `{ inbox(namespace: "${namespace}", tag: "vendor") { result message count ${EMAILS} } }`;
  const { inbox: empty } = await client.request(list);
  assert.deepStrictEqual(empty, { result: "success", message: null, count: 0, emails: [] });

  const live = `query ($namespace: String!, $tag: String, $from: Float) {
    inbox(namespace: $namespace, tag: $tag, timestamp_from: $from, livequery: true) { result count ${EMAILS} }
  }`;
  const began = Date.now();
  const waiting = client.request(live, { namespace, tag: "vendor", from: began - 1 });
  await mail(task.smtp, address("other"), "Not for us");
  await new Promise((resolve) => setTimeout(resolve, 3000)); // the stub's minute lasts two seconds: one redirect
  const raw = await mail(task.smtp, address("vendor"), "Hello");
  const { inbox } = await waiting;
  assert.ok(Date.now() - began >= 3000);
  assert.deepStrictEqual([inbox.result, inbox.count], ["success", 1]);
  const [email] = inbox.emails;
  assert.strictEqual(email.subject, "Hello");
  assert.strictEqual(email.text, "Hello: Hello.\r\n");
  assert.strictEqual(email.tag, "vendor");
  assert.deepStrictEqual([email.envelope_from, email.envelope_to], ["bounces@example.com", address("vendor")]);
  assert.strictEqual(await (await fetch(email.downloadUrl)).text(), raw);

  await mail(task.smtp, address("vendor"), "Second");
  const page = `{ inbox(namespace: "${namespace}", tag_prefix: "vend", limit: 1, offset: 1) { count emails { subject } } }`;
  assert.deepStrictEqual((await client.request(page)).inbox, { count: 2, emails: [{ subject: "Hello" }] });

  const foreign = await client.request('{ inbox(namespace: "foreign") { result message emails { id } } }');
  assert.deepStrictEqual([foreign.inbox.result, foreign.inbox.emails], ["fail", null]);
  const unknown = ({ response }) => response.status === 400 && /Cannot query field/.test(response.errors[0].message);
  await assert.rejects(client.request(`{ inbox(namespace: "${namespace}") { nonsense } }`), unknown);
}

let input = "";
process.stdin.on("data", (data) => (input += data));
process.stdin.on("end", () =>
  main(JSON.parse(input)).then(
    () => console.log("passed"),
    (error) => {
      console.error(error);
      process.exitCode = 1;
    },
  ),
);
