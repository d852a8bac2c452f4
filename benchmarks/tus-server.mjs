// tus-server.mjs DIRECTORY PORT: @tus/server with its file store on 127.0.0.1, until it is stopped.
import { mkdir } from "node:fs/promises";
import { FileStore } from "@tus/file-store";
import { Server } from "@tus/server";

const [directory, port] = process.argv.slice(2);
const host = "127.0.0.1";

await mkdir(directory, { recursive: true });
const server = new Server({ path: "/files", datastore: new FileStore({ directory }) });
server.listen({ host, port: Number(port) }, () => console.log(`ready http://${host}:${port}/files`));
