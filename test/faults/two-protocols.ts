/** A server that speaks HTTP and HTTPS on one port, as the emulator does: a validation asks the same address by both. */
import { createServer as createHttp, type RequestListener } from "node:http";
import { createServer as createHttps } from "node:https";
import { type AddressInfo, createServer, type Socket } from "node:net";

export interface TwoProtocols {
  readonly port: number;
  stop(): Promise<void>;
}

const TLS_HANDSHAKE = 0x16;

export async function serveTwoProtocols(
  { cert, key }: { readonly cert: string; readonly key: string },
  listeners: { readonly http: RequestListener; readonly https: RequestListener },
): Promise<TwoProtocols> {
  const http = createHttp(listeners.http);
  const https = createHttps({ cert, key }, listeners.https);
  const sockets = new Set<Socket>();
  const front = createServer((socket) => {
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket)).on("error", () => {});
    socket.once("data", (first) => {
      socket.pause();
      socket.unshift(first);
      (first[0] === TLS_HANDSHAKE ? https : http).emit("connection", socket);
      process.nextTick(() => socket.resume());
    });
  });
  await new Promise<void>((resolve) => front.listen(0, "127.0.0.1", resolve));
  return {
    port: (front.address() as AddressInfo).port,
    async stop() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => front.close(resolve));
    },
  };
}
